"""Which JSON does the API take and give?"""
