"""Which articles are related to this article, and how?"""
