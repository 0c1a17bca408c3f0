"""What do the endpoints ask, and which archive answers?"""
