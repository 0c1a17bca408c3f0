"""Which questions follow this article?"""
