"""How do files become an archive, and an archive a generation that can be served?"""
