"""Client of the divedeeper API: which calls does it have, and what do they give?"""

from divedeeper_client.client import DiveDeeper
from divedeeper_client.errors import DiveDeeperError
from divedeeper_client.webhook import verify_signature

__all__ = ["DiveDeeper", "DiveDeeperError", "verify_signature"]
