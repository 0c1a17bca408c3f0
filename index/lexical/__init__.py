"""Which documents hold these terms, and how strongly?"""
