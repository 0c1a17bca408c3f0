"""Related articles of an article or a draft: candidates, next-read model, relations, reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from index.columns import FACETS
from index.dense.encoded_text import encoded_lead
from index.search.reader import IndexReader
from index.types import Filters
from recommender.bounded_cache import BoundedCache
from recommender.related.article_vectors import ArticleVectors
from recommender.related.candidates import dense_candidates, term_candidates
from recommender.related.content import Content, Floats, shared_content_terms
from recommender.related.next_read_model import NextReadModel, Vectors, next_read_probability
from recommender.related.page import Page
from recommender.related.pair_features import pair_features, pair_topic_rarity
from recommender.related.profile import Profile
from recommender.related.relations import PairEvidence, is_twin, reasons_of, relation_of
from recommender.types import SAME_CLAIM, RelatedSuggestion, Relation, Scope

MIN_PROBABILITY = 0.045  # of a good next read: below, nothing is shown rather than a stranger
CANDIDATES_PER_PLACE = 3  # candidates whose profiles are read for each place of a list
MAX_SHARED_TERMS = 12  # terms in common that reasons are chosen from
DEFAULT_CACHED_PROFILES = 4_096  # some 4 kB each


class RelatedFinder:
    """Finds related articles in one generation; safe for several threads."""

    def __init__(
        self,
        reader: IndexReader,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        vectors: ArticleVectors | None = None,
        model: NextReadModel | None = None,
        max_profiles: int = DEFAULT_CACHED_PROFILES,
    ) -> None:
        """Find articles of an index.

        Parameters
        ----------
        reader
            The index of the generation.
        article_of
            Returns an article by id; KeyError: it is gone.
        superseded
            The id of each superseded article → that of its successor.
        vectors
            The contents of all articles; None: those of the generation's folder.
        model
            The next-read model; None: the shipped one for what the index has.
        max_profiles
            Profiles that are cached; a build, which goes through all articles, wants them all.

        Raises
        ------
        ArchiveError
            A file of the generation is missing or damaged.
        """
        self._reader, self._superseded = reader, superseded
        words = reader.window_similarity.words if reader.window_similarity else None
        self._vectors = (
            vectors
            if vectors is not None
            else ArticleVectors.open(reader.folder, len(reader), len(reader.terms), words)
        )
        self._model = model or NextReadModel.load(available_vectors(reader))
        self._profiles = BoundedCache(partial(_profile_of_related, article_of), max_profiles)

    def with_superseded(self, superseded: Mapping[str, str]) -> RelatedFinder:
        """Return this finder where other articles are superseded."""
        other = copy(self)
        other._superseded = superseded
        return other

    @property
    def vectors(self) -> ArticleVectors:
        """Return the contents of all articles."""
        return self._vectors

    def related(
        self,
        article: Article,
        k: int,
        stored: bool = False,
        scope: Scope = "all",
        is_draft: bool | None = None,
    ) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``k`` related articles of an article or a draft, best first.

        Never the article itself, its twin, or a superseded one (its successor instead); nothing in
        another language, unless it checks the same claim; and nothing that is hardly a good next
        read. Ties are broken by id; the checks of a draft's own claim come first, the surest at the
        head, since its editor must see them. Contributions add up to the score.

        Parameters
        ----------
        article
            The article at hand.
        k
            At most so many.
        stored
            Whether it is what ``article_of`` returns, so that what the build knows of it serves.
        scope
            Whose articles are suggested.
        is_draft
            Whether it is a draft; None: it is one where the index does not have it.
        """
        known = stored and article.id in self._reader
        here = (self._profiles[article.id] if known else None) or Profile.of(article)
        page = self._related_page(article, known)
        rows = self._related_candidates(page, article.id)
        if scope == "own":
            rows = self._related_of_publisher(rows, here.publisher)
        features = self._found_pair_features(page, rows, here.topic)
        scores = self._model.rank.values(features)
        good = next_read_probability(self._model.good.values(features))
        same = next_read_probability(self._model.same_claim.values(features))
        if is_draft is None:
            is_draft = article.id not in self._reader
        found: list[_Found] = []
        seen: set[str] = set()
        for at in _best_related_first(scores, CANDIDATES_PER_PLACE * k):
            # A check of a draft's own claim comes first, however low its score.
            if not is_draft and len(found) >= k and scores[at] < found[-1].score:
                break
            id = self._reader.ids[int(rows[at])]
            current = self._superseded.get(id, id)
            if current in seen or current == article.id:
                continue
            seen.add(current)
            other = self._profiles[current]
            if other is None or (scope == "own" and other.publisher != here.publisher):
                continue
            successor = self._superseded.get(article.id) == current
            if not successor and not is_draft and is_twin(here, other):
                continue
            evidence = PairEvidence(float(good[at]), float(same[at]), successor, current != id)
            relation = relation_of(here, other, evidence)
            if _is_shown_as_related(relation, evidence, here, other):
                found.append(_Found(at, float(scores[at]), other, relation, evidence))
        found.sort(key=_order_for_draft if is_draft else _order_of_related)
        return tuple(
            self._related_suggestion(one, here, page.content, int(rows[one.at]), features[one.at])
            for one in found[:k]
        )

    def _related_suggestion(
        self, found: _Found, here: Profile, page: Content, row: int, features: Floats
    ) -> RelatedSuggestion:
        terms = shared_content_terms(
            page, self._vectors.of(row), self._vectors.idf, MAX_SHARED_TERMS
        )
        shared = [self._reader.terms.terms[id] for id in terms]
        return RelatedSuggestion(
            found.other.id,
            found.score,
            found.relation,
            found.evidence.good,
            found.evidence.same_claim,
            reasons_of(here, found.other, found.relation, found.evidence, shared),
            self._model.contributions(features),
        )

    def probabilities(self, article: Article, ids: list[str], stored: bool = False) -> Floats:
        """Return the probability that each of ``ids`` is a good next read after an article.

        float32 [n]; 0 for an article that the index does not know.

        Parameters
        ----------
        article
            The article at hand.
        ids
            Those that may be read next.
        stored
            As of ``related``.
        """
        if not ids:
            return np.zeros(0, np.float32)
        known = [id for id in ids if id in self._reader]
        rows = np.array([self._reader.row(id) for id in known], np.int64)
        page = self._related_page(article, stored and article.id in self._reader)
        features = self._found_pair_features(page, rows, article.topic)
        values = dict(
            zip(known, next_read_probability(self._model.good.values(features)), strict=True)
        )
        return np.array([values.get(id, 0.0) for id in ids], np.float32)

    def pair_features(self, article: Article, ids: list[str]) -> Floats:
        """Return the features of an article with each of ``ids``, known ones, to learn from."""
        rows = np.array([self._reader.row(id) for id in ids], np.int64)
        return self._found_pair_features(
            self._related_page(article, stored=False), rows, article.topic
        )

    def _found_pair_features(self, page: Page, rows: NDArray[np.int64], topic: str) -> Floats:
        same_topic = None
        of_topic = self._reader.columns.passing(Filters(topics=(topic,))) if topic else None
        if of_topic is not None:
            rarity = pair_topic_rarity(len(self._reader), int(np.count_nonzero(of_topic)))
            same_topic = (of_topic[rows] * rarity).astype(np.float32)
        return pair_features(page.content, self._vectors, rows, page.cosines(rows), same_topic)

    def _related_page(self, article: Article, stored: bool) -> Page:
        if stored:
            return Page.of_row(self._reader.row(article.id), self._reader, self._vectors)
        return Page.of_text(article, self._reader, self._vectors)

    def _related_candidates(self, page: Page, article_id: str) -> NDArray[np.int64]:
        """Return the rows of the candidates, ascending; with the article's own successor."""
        rows = [term_candidates(page.content, self._vectors.idf, self._reader)]
        rows += [dense_candidates(cosines) for cosines in page.all_cosines()]
        successor = self._superseded.get(article_id)
        if successor is not None and successor in self._reader:
            rows.append(np.array([self._reader.row(successor)], np.int64))
        found: NDArray[np.int64] = np.unique(np.concatenate(rows))
        own = self._reader.row(article_id) if article_id in self._reader else -1
        others: NDArray[np.int64] = found[found != own]
        return others

    def _related_of_publisher(self, rows: NDArray[np.int64], publisher: str) -> NDArray[np.int64]:
        names = self._reader.columns.values["publisher"]
        codes = self._reader.columns.codes[FACETS.index("publisher")]
        own = [names[code] == publisher for code in codes[rows].tolist()]
        return rows[np.array(own, np.bool_)]


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate that may be shown; ``at``: its position among the candidates."""

    at: int
    score: float
    other: Profile
    relation: Relation
    evidence: PairEvidence


def available_vectors(reader: IndexReader) -> Vectors:
    """Return which next-read model fits an index: by terms, word vectors or an encoder."""
    if reader.encoder is not None:
        return "encoder"
    return "words" if reader.window_similarity else "terms"


def text_to_find_related(article: Article) -> str:
    """Return the text by which an article is compared with others."""
    return f"{article.headline}\n{article.claim}\n{encoded_lead(article)}"


def _order_of_related(found: _Found) -> tuple[float, str]:
    return -found.score, found.other.id


def _order_for_draft(found: _Found) -> tuple[float, float, str]:
    """Return the key by which the surest check of the draft's own claim comes first.

    By score, a published copy of the draft would come after what has more to add.
    """
    own_claim = found.evidence.same_claim if found.relation in SAME_CLAIM else 0.0
    return -own_claim, *_order_of_related(found)


def _is_shown_as_related(
    relation: Relation, evidence: PairEvidence, here: Profile, other: Profile
) -> bool:
    if relation in SAME_CLAIM:
        return True
    if here.language and other.language and here.language != other.language:
        return False
    return evidence.good >= MIN_PROBABILITY


def _best_related_first(scores: Floats, n: int) -> list[int]:
    order: list[int] = np.argsort(-scores, kind="stable")[:n].tolist()
    return order


def _profile_of_related(article_of: Callable[[str], Article], id: str) -> Profile | None:
    """Return the profile of a published article, None where it is gone."""
    try:
        article = article_of(id)
    except KeyError:
        return None
    return Profile.of(article) if article.published else None
