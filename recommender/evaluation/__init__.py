"""How good are suggestions on judged data, and which weights make them better?"""
