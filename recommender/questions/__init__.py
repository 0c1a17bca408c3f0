"""Which questions does the archive know?"""
