"""Which question does a fact check answer?"""
