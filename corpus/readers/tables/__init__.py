"""Which articles does this table hold: CSV, Excel, Parquet, JSON Lines with other names?"""

from corpus.readers.tables.csv_file import read_csv
from corpus.readers.tables.excel import read_excel
from corpus.readers.tables.parquet import read_parquet
from corpus.readers.tables.rows import located_rows

__all__ = ["located_rows", "read_csv", "read_excel", "read_parquet"]
