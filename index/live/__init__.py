"""How is what was written since a generation was built searched beside it?"""

from index.live.live_index import LiveIndex
from index.live.live_reader import LiveReader

__all__ = ["LiveIndex", "LiveReader"]
