"""Near-duplicate grouping of questions: one representative for all that ask the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.questions.equivalence import ParsedQuestion, same_question, weights_for_equivalence

MAX_KEY_TERMS = 5  # the rarest terms of a question, by which its duplicates are looked for
MAX_COMPARED = 40  # later questions with the same key that one is compared with


def representatives(texts: Sequence[str]) -> list[int]:
    """Return the index of each question's representative (its own if it is unique).

    ``texts`` come best wording first. A question joins the first representative that asks the same;
    members never attract members, so there are no chains: each member was compared with its
    representative. Linear in the number of questions, but for the sort of their keys.
    """
    asked = [ParsedQuestion.of(text) for text in texts]
    counts = Counter(term for one in asked for term in one.terms)
    weight = weights_for_equivalence(counts, len(asked))
    found = list(range(len(texts)))
    for earlier, later in _pairs_to_deduplicate(asked, counts).tolist():
        both_represent = found[later] == later and found[earlier] == earlier
        if both_represent and same_question(asked[earlier], asked[later], weight):
            found[later] = earlier
    return found


def _pairs_to_deduplicate(
    asked: Sequence[ParsedQuestion], counts: Counter[str]
) -> NDArray[np.int64]:
    """Return int64 [n, 2], (earlier, later), of questions that share two of their rarest terms.

    Sorted by the later one, then the earlier: whether a question is a representative is known
    before another may join it.
    """
    numbers = {term: n for n, term in enumerate(sorted(counts, key=lambda t: (counts[t], t)))}
    signatures: dict[tuple[str, bool, frozenset[str]], int] = {}
    keys: list[int] = []
    owners: list[int] = []
    for owner, one in enumerate(asked):
        shared = sorted(numbers[t] for t in one.terms if counts[t] > 1)[:MAX_KEY_TERMS]
        if len(shared) == 1:
            shared *= 2
        # Questions of different kinds, negations or numbers never ask the same.
        what = signatures.setdefault((one.kind, one.negated, one.numbers), len(signatures))
        for i, first in enumerate(shared):
            for second in shared[i + 1 :]:
                keys.append(hash((first, second, what)))  # of integers: the same in every run
                owners.append(owner)
    order = np.lexsort((np.array(owners, np.int64), np.array(keys, np.int64)))
    key, owner_of = np.array(keys, np.int64)[order], np.array(owners, np.int64)[order]
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, MAX_COMPARED + 1):
        same = np.flatnonzero(key[step:] == key[:-step])
        if not len(same):
            break
        found.append(np.column_stack([owner_of[same], owner_of[same + step]]))
    pairs = np.unique(np.vstack(found), axis=0)
    return pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
