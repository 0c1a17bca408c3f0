"""Which article, and which passage, answers this question?"""
