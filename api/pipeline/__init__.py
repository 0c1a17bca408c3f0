"""How do files become an archive, and an archive a generation that can be served?"""

from api.pipeline.record import BuildRecord, is_record_behind, read_record, write_record

__all__ = ["BuildRecord", "is_record_behind", "read_record", "write_record"]
