"""Which words label our own pages in this language, and which language has this page?

A catalogue is one gettext file (``de.po``) beside this one; English is written in the templates.
"""
