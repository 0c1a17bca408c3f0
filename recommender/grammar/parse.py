"""Dependency parse of one sentence as plain values, independent of the parser that made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``tag`` is a Penn Treebank tag, ``dep`` a ClearNLP dependency label.

    ``head`` is the place of its head, its own place for a root; ``space`` tells whether white
    space follows.
    """

    place: int
    text: str
    space: bool
    lemma: str
    tag: str
    dep: str
    head: int

    @property
    def low(self) -> str:
        """Return the token in lower case with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True)
class Parse:
    """A parsed sentence: its tokens in order."""

    tokens: tuple[Token, ...]
    _children: list[list[Token]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.place:
                children[token.head].append(token)
        object.__setattr__(self, "_children", children)

    def edited(self, texts: Mapping[int, str]) -> Parse:
        """Return the parse with other texts at the given places; labels and heads stay."""
        if not texts:
            return self
        return Parse(
            tuple(replace(t, text=texts[t.place]) if t.place in texts else t for t in self.tokens)
        )

    def roots(self) -> list[Token]:
        """Return the tokens without a head, in order; one for a sentence parsed as one."""
        return [token for token in self.tokens if token.head == token.place]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the dependents of ``token``, in order; with ``deps`` those so labelled."""
        if not deps:
            return self._children[token.place]
        return [child for child in self._children[token.place] if child.dep in deps]

    def subtree(self, token: Token) -> list[Token]:
        """Return ``token`` and everything below it, in order of the sentence."""
        found = [token]
        for one in found:
            found.extend(self._children[one.place])
        return sorted(found, key=lambda t: t.place)

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Return the heads above ``token``, nearest first."""
        while token.head != token.place:
            token = self.tokens[token.head]
            yield token


def joined_tokens(tokens: Iterable[Token]) -> str:
    """Return the text of ``tokens``, spaced as they were."""
    return "".join(t.text + (" " if t.space else "") for t in tokens).strip()
