"""How is a report shown, as text or HTML?"""
