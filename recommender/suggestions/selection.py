"""List filter: drops repetitions, and the archive's questions that the page itself answers."""

from __future__ import annotations

from recommender.answers.on_page import Page, on_page_threshold
from recommender.questions.equivalence import equivalence_in_list
from recommender.suggestions.candidates import QuestionCandidate


class ListFilter:
    """The questions of one list so far, and which others may join them.

    The editors' own are kept, unless one only rewords another of them. The archive's must repeat
    neither those, nor the headline, nor each other, nor what the page says already.
    """

    def __init__(self, page: Page) -> None:
        """Begin the list of the article of ``page``."""
        self._page = page
        self._texts: list[str] = []

    def add(self, candidate: QuestionCandidate) -> bool:
        """Return whether ``candidate`` may be shown with those that were added, and add it."""
        if candidate.origin == "own":
            accepted = not any(_selection_rewords(candidate.text, other) for other in self._texts)
        else:
            accepted = self._is_new(candidate.text)
        if accepted:
            self._texts.append(candidate.text)
        return accepted

    def _is_new(self, text: str) -> bool:
        page = self._page
        if any(equivalence_in_list(text, other) for other in (page.article.headline, *self._texts)):
            return False
        return page.confidence(text) < on_page_threshold()


def _selection_rewords(one: str, other: str) -> bool:
    """Return whether two questions of the editors surely ask the same.

    Letters alone do not count: they may differ in the point ("in 2023", "in 2024").
    """
    return equivalence_in_list(one, other) in ("exact", "same question")
