"""Where are the articles and the built generations, and how does a write survive a crash?"""
