"""Which articles does the archive hold, and from which files and by which store?"""
