"""Which documents, queries and judgements does this BEIR folder hold?"""
