"""Which questions make one list, and why is each there?"""
