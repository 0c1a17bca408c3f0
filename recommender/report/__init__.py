"""What are the lists of a whole archive like?"""
