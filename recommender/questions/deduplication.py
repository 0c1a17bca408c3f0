"""Near-duplicates among many questions: only those that share telling words are ever compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.questions.equivalence import ParsedQuestion, same_question, weights_of

RAREST = 5  # telling words of a question that it can be found by
WINDOW = 40  # questions after it, of those that share two such words, that one is compared with


def group(texts: Sequence[str]) -> list[int]:
    """Return for each question the place of the one that stands for it, itself or an earlier one.

    ``texts`` come best wording first: a question joins the first that asks the same, and only
    those that stand for themselves are joined. So there are no chains: each member was held against
    the one that stands for it. Linear in the number of questions, but for the sort of their keys.
    """
    asked = [ParsedQuestion.of(text) for text in texts]
    counts = Counter(term for one in asked for term in one.terms)
    weight = weights_of(counts, len(asked))
    leader = list(range(len(texts)))
    for earlier, later in _pairs(asked, counts).tolist():
        both_lead = leader[later] == later and leader[earlier] == earlier
        if both_lead and same_question(asked[earlier], asked[later], weight):
            leader[later] = earlier
    return leader


def _pairs(asked: Sequence[ParsedQuestion], counts: Counter[str]) -> NDArray[np.int64]:
    """Return int64 [n, 2], earlier and later, of those that share two of their rarest words.

    Sorted by the later one, then the earlier: a question's own fate is known before it is joined.
    """
    numbers = {term: n for n, term in enumerate(sorted(counts, key=lambda t: (counts[t], t)))}
    signatures: dict[tuple[str, bool, frozenset[str]], int] = {}
    keys: list[int] = []
    owners: list[int] = []
    for place, one in enumerate(asked):
        shared = sorted(numbers[t] for t in one.terms if counts[t] > 1)[:RAREST]
        if len(shared) == 1:
            shared *= 2
        # What can never be the same is not put together: another kind, a no, other numbers.
        what = signatures.setdefault((one.kind, one.negated, one.numbers), len(signatures))
        for i, first in enumerate(shared):
            for second in shared[i + 1 :]:
                keys.append(hash((first, second, what)))  # of integers: the same in every run
                owners.append(place)
    order = np.lexsort((np.array(owners, np.int64), np.array(keys, np.int64)))
    key, owner = np.array(keys, np.int64)[order], np.array(owners, np.int64)[order]
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(key[step:] == key[:-step])
        if not len(same):
            break
        found.append(np.column_stack([owner[same], owner[same + step]]))
    pairs = np.unique(np.vstack(found), axis=0)
    return pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
