"""How people and programs reach the archive: HTTP, pages, command line."""
