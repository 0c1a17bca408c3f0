"""Time the question bank, related articles and answers: python -m benchmarks.related CORPUS.

Processor time of one thread, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from corpus.models import Article
from corpus.readers import read_beir
from index.evaluation.beir import index_of
from recommender.answers.finder import AnswerFinder
from recommender.answers.on_page import Page
from recommender.questions.bank import QuestionBank
from recommender.related.finder import RelatedFinder
from recommender.related.profile import Profile


def main() -> None:
    """Measure on a sample of the articles of a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=1_000)
    options = parser.parse_args()
    source = options.corpus / "corpus.jsonl.gz"
    articles = {a.id: a for a in read_beir(source) if isinstance(a, Article)}
    index, _, _ = index_of(options.corpus)
    chosen = random.Random(1).sample(sorted(articles), min(options.count, len(articles)))

    start = time.process_time()
    bank = QuestionBank.build(articles.values(), {})
    print(f"bank: {len(bank)} questions, {time.process_time() - start:.1f} s")

    finder = RelatedFinder(index, articles.__getitem__, {}, remember=len(articles))
    start = time.process_time()
    for id in chosen:
        Profile.of(articles[id])
    profile = (time.process_time() - start) / len(chosen) * 1000
    for id in chosen:  # a build of the whole archive makes each profile once
        finder.related(articles[id], 5)
    relations: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    start = time.process_time()
    for id in chosen:
        found = finder.related(articles[id], 5)
        relations.update(r.relation for r in found)
        lengths[len(found)] += 1
    each = (time.process_time() - start) / len(chosen) * 1000
    print(f"related: {profile:.2f} ms to know an article, {each:.2f} ms for its list")
    print(f"relations {dict(relations)}, lists by length {dict(lengths)}")

    answers = AnswerFinder(index, articles.__getitem__)
    texts = random.Random(2).sample(bank.texts(), min(options.count, len(bank)))
    answers.answer(texts[0])
    start = time.process_time()
    answered = sum(answers.answer(text) is not None for text in texts)
    each = (time.process_time() - start) / len(texts) * 1000
    print(f"answers: {each:.2f} ms a question, {answered} of {len(texts)} answered")

    start = time.process_time()
    pages = [Page.of(articles[id]) for id in chosen]
    page = (time.process_time() - start) / len(chosen) * 1000
    start = time.process_time()
    for one, text in zip(pages, texts, strict=False):
        one.answers(text)
    each = (time.process_time() - start) / len(texts) * 1e6
    print(f"on page: {page:.2f} ms a page, {each:.0f} us a question")


if __name__ == "__main__":
    main()
