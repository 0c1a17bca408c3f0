"""How do files become a store, and a store a generation?"""
