"""What terms and dates does this text hold?"""
