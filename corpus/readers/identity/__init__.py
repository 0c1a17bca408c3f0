"""Which article is this record, and which id is its own?"""

from corpus.readers.identity.resolver import IdentityResolver, KnownArticles, NoArticles

__all__ = ["IdentityResolver", "KnownArticles", "NoArticles"]
