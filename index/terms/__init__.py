"""Which id has this term, and which terms has this document?"""
