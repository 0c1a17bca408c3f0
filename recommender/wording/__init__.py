"""Is this question fit to be shown?"""
