"""How articles are found: text in, ranked articles out."""
