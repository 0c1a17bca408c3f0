"""How are the lists of all articles made at build time?"""
