"""How is an English sentence built, and turned into a question?"""
