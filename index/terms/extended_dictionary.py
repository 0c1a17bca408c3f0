"""Extended term dictionary: new terms beside those of an index, which keeps its own as they are."""

from __future__ import annotations

from collections.abc import Container, Iterator

from index.terms.term_dictionary import TermDictionary


class ExtendedTermDictionary(TermDictionary):
    """The terms of ``base`` with their ids, and after them those that are learned here."""

    def __init__(self, base: TermDictionary) -> None:
        """Extend ``base``, which must not learn any more."""
        super().__init__()
        self.terms: list[str] = _ExtendedTerms(base.terms)
        self._ids = _ExtendedIds(base)
        self.n_base = len(base)
        self.languages, self._base = base.languages, base

    def term_of(self, word: str) -> str:
        if (known := self.exceptions.get(word)) is not None:
            return known
        return self._base.term_of(word) if word not in self._seen else self._seen[word]

    def _learned_term(self, word: str) -> str:
        term = self._base.term_of(word)
        if term in self._base:
            self._seen[word] = term
            return term
        return super()._learned_term(word)

    def new_terms(self) -> list[str]:
        """Return the terms that ``base`` does not have, by id."""
        return list(self._ids)


class TermView(TermDictionary):
    """The terms of a dictionary as it was at one moment; what it learns later is not among them."""

    def __init__(self, terms: TermDictionary, hidden: Container[int]) -> None:
        """See all terms that ``terms`` has now but those with an id in ``hidden``."""
        self._all, self._n, self._hidden = terms, len(terms), hidden
        self.languages, self.terms = terms.languages, terms.terms

    def term_of(self, word: str) -> str:
        return self._all.term_of(word)

    def __len__(self) -> int:
        return self._n

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.id(term) is not None

    def id(self, term: str) -> int | None:
        id = self._all.id(term)
        return None if id is None or id >= self._n or id in self._hidden else id


class _ExtendedIds(dict[str, int]):
    """Term → id. As a dictionary it holds the new terms; look-ups ask the base first."""

    def __init__(self, base: TermDictionary) -> None:
        super().__init__()
        self._base = base

    def get(self, term: str, default: int | None = None) -> int | None:  # type: ignore[override]
        known = self._base.id(term)
        return super().get(term, default) if known is None else known

    def setdefault(self, term: str, default: int) -> int:
        known = self._base.id(term)
        return super().setdefault(term, default) if known is None else known

    def __missing__(self, term: str) -> int:
        known = self._base.id(term)
        if known is None:
            raise KeyError(term)
        return known

    def __contains__(self, term: object) -> bool:
        return term in self._base or super().__contains__(term)

    def __len__(self) -> int:
        return len(self._base) + super().__len__()


class _ExtendedTerms(list[str]):
    """Id → term. As a list it holds the new terms; ids count from those of the base on."""

    def __init__(self, base: list[str]) -> None:
        super().__init__()
        self._base = base

    def __getitem__(self, id: int) -> str:  # type: ignore[override]
        n = len(self._base)
        return self._base[id] if id < n else super().__getitem__(id - n)

    def __len__(self) -> int:
        return len(self._base) + super().__len__()

    def __iter__(self) -> Iterator[str]:
        yield from self._base
        yield from super().__iter__()
