"""Which texts of an article are encoded by meaning, and how they are kept in a generation."""

from __future__ import annotations

from corpus.models import Article

LEAD = 600  # characters: about as many tokens as the encoder reads
MEANINGS = ("headline", "lead")
"""The vectors of a generation, files ``meaning-<name>.*.npy``."""


def lead(article: Article) -> str:
    """Return what an article says first: its claim, else the start of summary and body."""
    if article.claim:
        return article.claim[:LEAD]
    return f"{article.summary[:LEAD]} {article.body[:LEAD]}".strip()[:LEAD]
