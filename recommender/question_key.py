"""Question key: a 64-bit hash of a question's words, equal for two spellings of one wording."""

from __future__ import annotations

from hashlib import blake2b

from corpus.analysis.tokenizer import words


def question_key(text: str) -> int:
    """Return a number in [0, 2**64); case, accents and punctuation of ``text`` do not count.

    BLAKE2b, so that the key is the same in every process and of every version of Python: ids of
    questions are made of it.
    """
    code = " ".join(words(text)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(code, digest_size=8).digest(), "big")
