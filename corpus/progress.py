"""Progress callbacks: how long work reports how far it is, and says what happened."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str, int, int], None]
"""``step(what, done, total)``: how far a piece of work is; total 0: not known."""

Say = Callable[[str], None]
"""Say one line about the work."""
