"""Identity keys: what an article is known by besides its id."""

from __future__ import annotations

from hashlib import blake2b

from corpus.analysis.web_addresses import canonical_address
from corpus.models import Article


def identity_keys(article: Article) -> tuple[str, ...]:
    """Return the keys by which an article is known, the surest first.

    They are its name in the system that it comes from, its address in the one form that all of its
    forms share, and its other ids.
    """
    keys = [f"system:{article.system_id}"] if article.system_id else []
    if address := canonical_address(article.url):
        keys.append(f"address:{address}")
    return (*keys, *(f"id:{alias}" for alias in article.aliases))


def key_hash(key: str) -> bytes:
    """Return the 16 bytes under which a key is stored."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
