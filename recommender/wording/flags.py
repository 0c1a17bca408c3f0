"""Wording flag: one fault of a question, with its reason in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fault = Literal["not well formed", "does not stand alone", "not neutral", "not specific"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One fault: ``words`` are those of the question that caused it ("" where none did)."""

    fault: Fault
    reason: str
    words: str = ""
