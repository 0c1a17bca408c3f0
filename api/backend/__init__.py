"""What do the endpoints ask, and which archive answers?"""

from api.backend.protocol import DRAFT_ID, Backend, BackendStatus, Completion, NotReady

__all__ = ["DRAFT_ID", "Backend", "BackendStatus", "Completion", "NotReady"]
