"""Which fact check does this page text hold?"""
