"""No question stands beside more articles than the bound, and the best places are kept."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from recommender.suggestions.repetition import bounded_repetition, max_repetition_articles


def record(*entries: tuple[str, float, str]) -> bytes:
    rows: list[list[object]] = [
        [id, "Is it?", score, origin, None, [], []] for id, score, origin in entries
    ]
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def ids(record: bytes) -> list[str]:
    return [q[0] for q in json.loads(record)]


def test_the_bound_is_a_share_of_a_large_archive_and_five_in_a_small_one() -> None:
    assert max_repetition_articles(72) == 5
    assert max_repetition_articles(48_436) == 96


def test_a_question_stays_where_it_scores_best(tmp_path: Path) -> None:
    records = [record((f"{1:016x}", float(score), "archive")) for score in (1, 7, 3, 4, 5, 6, 2)]
    lists = list(bounded_repetition(iter(records), tmp_path, len(records)))
    assert [bool(ids(one)) for one in lists] == [False, True, True, True, True, True, False]
    assert list(tmp_path.iterdir()) == []


def test_ties_go_to_the_first_articles(tmp_path: Path) -> None:
    records = [record((f"{1:016x}", 1.0, "archive")) for _ in range(8)]
    lists = list(bounded_repetition(iter(records), tmp_path, len(records)))
    assert [len(ids(one)) for one in lists] == [1, 1, 1, 1, 1, 0, 0, 0]


def test_editors_own_questions_always_stay(tmp_path: Path) -> None:
    records = [record((f"{1:016x}", 1.0, "own")) for _ in range(8)]
    assert list(bounded_repetition(iter(records), tmp_path, len(records))) == records


def test_an_archive_without_lists(tmp_path: Path) -> None:
    assert list(bounded_repetition(iter([]), tmp_path, 0)) == []
    assert list(bounded_repetition(iter([b"[]"]), tmp_path, 1)) == [b"[]"]


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from([f"{n:016x}" for n in (0, 1, 2, 2**64 - 1)]),
                st.floats(-5, 5),
                st.sampled_from(["own", "archive"]),
            ),
            max_size=4,
            unique_by=lambda entry: entry[0],
        ),
        max_size=30,
    )
)
def test_the_bound_holds_and_nothing_else_goes(
    lists: list[list[tuple[str, float, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = list(bounded_repetition((record(*one) for one in lists), Path(folder), len(lists)))
    bound = max_repetition_articles(len(lists))
    counts = Counter(e[0] for one in lists for e in one if e[2] == "archive")
    left: Counter[str] = Counter()
    for before, after in zip(lists, found, strict=True):
        kept = json.loads(after)
        assert [e[0] for e in before if e[2] == "own"] == [q[0] for q in kept if q[3] == "own"]
        left.update(q[0] for q in kept if q[3] == "archive")
    for id, count in counts.items():
        assert left[id] == min(count, bound)
