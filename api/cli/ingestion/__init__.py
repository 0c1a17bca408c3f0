"""`divedeeper ingest` and `divedeeper connect`: articles of files and addresses come in."""
