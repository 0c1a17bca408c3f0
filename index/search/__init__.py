"""Which page of hits answers this query?"""
