"""What score has each candidate document for this query, and from which features?"""
