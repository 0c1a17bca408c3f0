"""How good are the rankings, and which weights make them better?"""
