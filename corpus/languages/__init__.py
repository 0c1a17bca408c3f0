"""Which language is this text in, and which of its words are too common to tell texts apart?"""

from corpus.languages.detection import article_language, query_language
from corpus.languages.function_words import function_words

__all__ = ["article_language", "function_words", "query_language"]
