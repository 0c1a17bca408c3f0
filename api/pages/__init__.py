"""Which HTML pages do people see?"""
