"""What may the person be typing?"""
