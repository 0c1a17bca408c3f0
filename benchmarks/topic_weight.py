"""What a common topic adds to the odds of a good next read: `python -m benchmarks.topic_weight`.

The sample archive's own follow-ups, and the articles that answer them (read with care, and kept as
a test), are links from one article to another that is worth reading next. A logistic regression of
link or no link, over all pairs of its articles, weighs a common topic beside the log odds that the
next-read model gives without it. The rank's weight is the same in units of the rank.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression

from api.pipeline.ingest import SAMPLE, load_articles
from benchmarks.result_files import ROOT
from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from index.dense.static_embeddings import load_static_embeddings
from index.search.reader import IndexReader
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder, available_vectors
from recommender.related.next_read_model import NextReadModel
from recommender.related.pair_features import FEATURES, TOPIC_FEATURE

ANSWERS = ROOT / "tests" / "recommender" / "sample_answers.json"
C = 100.0  # of the regression: the two weights are hardly shrunk


def main() -> None:
    """Print the weights of a common topic, by terms alone and with word vectors."""
    with tempfile.TemporaryDirectory() as name:
        with Store.open(Path(name) / "archive.sqlite") as store:
            load_articles(store, SAMPLE, lambda what, done, total: None, print)
            articles = {a.id: a for a in store.articles() if a.language == "en"}
            superseded = store.superseded()
        for words in (None, load_static_embeddings()):
            folder = Path(name) / ("words" if words else "terms")
            build_index(list(articles.values()), folder, word_table=words)
            reader = IndexReader(folder)
            vectors = ArticleVectors.of_index(reader)
            finder = RelatedFinder(reader, articles.__getitem__, superseded, vectors)
            model = NextReadModel.load(available_vectors(reader))
            _print_weights(finder, model, articles, superseded)


def _print_weights(
    finder: RelatedFinder,
    model: NextReadModel,
    articles: Mapping[str, Article],
    superseded: Mapping[str, str],
) -> None:
    links = answered_links(articles)
    features, linked = [], []
    for id, article in articles.items():
        others = [o for o in articles if o != id and superseded.get(id) != o]
        others = [o for o in others if superseded.get(o) != id]
        features.append(finder.pair_features(article, others))
        linked += [(id, other) in links for other in others]
    rows = np.concatenate(features)
    topic = (rows[:, FEATURES.index(TOPIC_FEATURE)] > 0.0).astype(np.float32)
    rows[:, FEATURES.index(TOPIC_FEATURE)] = 0.0
    good, rank = model.good.values(rows), model.rank.values(rows)
    fitted = LogisticRegression(C=C).fit(np.column_stack([good, topic]), linked)
    of_good, of_topic = fitted.coef_[0]
    weight = of_topic / of_good
    scale = LinearRegression().fit(good[:, None], rank).coef_[0]
    print(f"{len(links)} links between {len(articles)} articles, {model.measured}")
    print(f"  log odds {of_good:.2f}, common topic {of_topic:.2f}: weight {weight:.2f}")
    print(f"  a unit of log odds is {scale:.2f} of the rank: weight {weight * scale:.2f}")


def answered_links(articles: Mapping[str, Article]) -> set[tuple[str, str]]:
    """Return asking and answering article of each follow-up that another article answers."""
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))
    answered_by = {text: id for id, texts in answers.items() for text in texts}
    return {
        (article.id, answered_by[text])
        for article in articles.values()
        for text in article.followups
        if answered_by.get(text, article.id) != article.id
    }


if __name__ == "__main__":
    main()
