"""Which vector has this text, and which vectors are near to it?"""
