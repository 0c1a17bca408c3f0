"""How are arrays and strings kept on disk and memory-mapped?"""
