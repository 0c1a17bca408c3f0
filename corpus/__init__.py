"""What an archive holds: articles, the files that they come from, and the store that keeps them."""
