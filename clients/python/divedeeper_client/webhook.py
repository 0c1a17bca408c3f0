"""Deliveries of the webhook: whether they are genuine."""

from __future__ import annotations

import hmac
import re
import time
from hashlib import sha256

TOLERANCE_SECONDS = 300.0


def verify_signature(
    secret: str,
    header: str | None,
    body: bytes,
    *,
    tolerance: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> bool:
    """Tell whether a delivery is genuine and recent.

    Parameters
    ----------
    secret
        ``DIVEDEEPER_WEBHOOK_SECRET`` of the server.
    header
        The value of ``X-Divedeeper-Signature``: ``t=SECONDS,v1=HEX``, the HMAC-SHA-256, by the
        secret, of the seconds, a full stop and the body.
    body
        As it came, before any parsing.
    tolerance
        Seconds that a delivery may be old, or ahead.
    now
        Seconds since 1970; None: by the clock.
    """
    found = re.fullmatch(r"t=(\d{1,12}),v1=([0-9a-f]{64})", header or "", re.ASCII)
    if not found or abs((time.time() if now is None else now) - int(found[1])) > tolerance:
        return False
    signed = hmac.new(secret.encode(), f"{found[1]}.".encode() + body, sha256).hexdigest()
    return hmac.compare_digest(signed, found[2])
