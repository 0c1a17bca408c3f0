"""Which id has this term, and which terms has this document?"""

from index.terms.forward_index import ForwardIndex, ForwardIndexWriter
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

__all__ = ["ForwardIndex", "ForwardIndexWriter", "PrefixGroups", "TermDictionary"]
