"""What did the person mean who typed this query?"""
