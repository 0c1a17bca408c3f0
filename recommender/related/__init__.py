"""Which articles belong beside this article, and what are they to it?"""
