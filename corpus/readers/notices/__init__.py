"""Was this article corrected or updated, and which check is newer or older than it?"""

from corpus.readers.notices.finder import notices_in, stated_notices
from corpus.readers.notices.linked_checks import linked_checks

__all__ = ["linked_checks", "notices_in", "stated_notices"]
