"""Which commands does `divedeeper` have?"""
