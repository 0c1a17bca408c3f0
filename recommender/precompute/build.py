"""BuildInputs → suggestions of all its articles: bank, answers, ranker, lists, written beside it.

What takes long is done in chunks by workers (``bench``). Where only few articles changed since the
generation before, only the lists that they concern are made anew (``refresh``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from corpus.models import Article
from corpus.progress import Step
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.precompute.incremental import PreviousBuild, affected, changed_articles, note
from recommender.precompute.pool import Run, cores, worker_pool
from recommender.precompute.worker import BuildInputs, Worker
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_ranker import Encode, QuestionRanker
from recommender.recommend import HEADLINES
from recommender.suggestions.stored import KINDS, write_lists

FEW = 2_000  # lists; for fewer, starting workers takes longer than the work
_SAID = {"related": "Finding related articles", "questions": "Ranking questions"}


def build_suggestions(
    generation: BuildInputs,
    encode: Encode | None,
    step: Step,
    workers: int | None = None,
    before: Path | None = None,
) -> int:
    """Write the suggestions of an index that is built but not in use yet; return how many lists.

    ``encode`` as the index was built; ``workers`` the number of processes, by default one for each
    core, and this one alone for little work: the lists do not depend on it. ``before``, the folder
    of the generation before, saves the lists that no change since concerns.
    """
    bench = Worker(generation)
    ids, folder, superseded = bench.index.ids, generation.folder, bench.superseded
    prints = bench.store.fingerprints()
    fingerprints = np.frombuffer(b"".join(prints.get(id, bytes(16)) for id in ids), np.uint8)
    fingerprints, recipe = fingerprints.reshape(-1, 16), generation.recipe()
    old = PreviousBuild.open(before, recipe) if before else None
    changed = changed_articles(old, ids, fingerprints, superseded) if old else None
    everything = changed is None
    with worker_pool(bench, _workers(workers, len(ids) if everything else 0)) as run:
        # Related articles need no bank: workers find them while the bank is made.
        begun = {"related": run("related", range(len(ids)))} if everything else {}
        step("Reading articles", 0, 0)
        articles = [a for a in bench.store.articles() if a.published and a.id in bench.index]
        headlines = {a.id: a.headline for a in articles}
        PackedStrings.of([headlines.get(id, "") for id in ids]).save(folder, HEADLINES)
        step("Collecting questions", 0, 0)
        bank = QuestionBank.build(articles, superseded)
        bank.save(folder)
        _rank(bench, bank, articles, encode)
        answers = _told(run("answers", range(len(bank))), "Answering questions", len(bank), step)
        answered = BankAnswers.of(list(answers))
        answered.save(folder)
        places, drift = frozenset(range(len(ids))), 0
        if old is not None and changed is not None:
            there = [a for a in articles if a.id in changed]
            places = affected(old, changed, bench.index, there, (bank, answered))
            drift = old.drift + len(changed)
        articles.clear()
        for kind in reversed(KINDS):
            write_lists(folder, kind, _lists(kind, ids, places, begun, old, run, step))
    StoredArticleTerms.remove(folder)
    note(folder, recipe, fingerprints, superseded, drift)
    return len(places)


def _lists(
    kind: str,
    ids: list[str],
    places: frozenset[int],
    begun: dict[str, Iterable[list[Any]]],
    old: PreviousBuild | None,
    run: Run,
    step: Step,
) -> Iterator[bytes]:
    """Yield the list of each article: of those at ``places`` a new one, else the old one."""
    wanted = sorted(places)
    chunks = begun[kind] if kind in begun else run(kind, wanted)
    new = _told(chunks, _SAID[kind], len(wanted), step)
    for place, id in enumerate(ids):
        if place in places or old is None:
            yield next(new)
        else:
            yield old.stored.record(kind, old.places[id])


def _rank(
    bench: Worker, bank: QuestionBank, articles: Iterable[Article], encode: Encode | None
) -> None:
    """Write the ranker of the bank, and what each article says for the workers."""
    current = [a for a in articles if a.id not in bench.superseded]
    ranker = QuestionRanker(bank.texts(), current, encode, index=bench.index)
    ranker.save(bench.generation.folder)
    StoredArticleTerms.of({a.id: ranker.read(a) for a in current}).save(bench.generation.folder)


def _told(chunks: Iterable[list[Any]], what: str, n: int, step: Step) -> Iterator[Any]:
    done = 0
    for chunk in chunks:
        done += len(chunk)
        step(what, done, n)
        yield from chunk


def _workers(wanted: int | None, lists: int) -> int:
    if wanted is not None:
        return wanted
    return cores() if lists > FEW else 0
