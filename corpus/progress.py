"""Types of progress callbacks, by which long tasks report steps and messages."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str, int, int], None]
"""``step(what, done, total)``: progress of a task; ``total`` is 0 where it is unknown."""

Say = Callable[[str], None]
"""``say(line)``: a message to the user."""
