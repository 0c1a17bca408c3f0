"""Conversations among judged documents: a question that is the headline of the next document.

Each turn of a conversation is a document, its own question the headline, and what is asked next is
its one follow-up. The questions of the other turns are unjudged: most would follow as well, so in
measuring and in learning they are neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.models import Article
from recommender.question_key import question_key


def same_conversation(
    articles: Iterable[Article],
    questions: Mapping[str, str],
    gold: Mapping[str, Mapping[str, int]],
) -> dict[str, frozenset[str]]:
    """Return for each article the questions of its conversation that do not follow it themselves.

    Two articles are of one conversation where a question that follows one is the headline of the
    other, in any number of steps. The questions of a conversation are their headlines and whatever
    follows one of them. An article outside any conversation has its own headline only.

    Parameters
    ----------
    articles
        The judged documents.
    questions
        Question id → text.
    gold
        Article id → question id → grade.
    """
    asked: dict[int, list[str]] = {}
    for id, text in questions.items():
        asked.setdefault(question_key(text), []).append(id)
    headlines = {article.id: question_key(article.headline) for article in articles}
    headed: dict[int, list[str]] = {}
    for id, headline in headlines.items():
        headed.setdefault(headline, []).append(id)
    first = {id: id for id in headlines}

    def root_of_conversation(id: str) -> str:
        while first[id] != id:
            first[id] = first[first[id]]
            id = first[id]
        return id

    for id in headlines:
        for question in gold.get(id, ()):
            for other in headed.get(question_key(questions.get(question, "")), ()):
                first[root_of_conversation(other)] = root_of_conversation(id)
    members: dict[str, set[str]] = {}
    for id, headline in headlines.items():
        members.setdefault(root_of_conversation(id), set()).update(
            asked.get(headline, ()), gold.get(id, ())
        )
    return {
        id: frozenset(members[root_of_conversation(id)].difference(gold.get(id, ())))
        for id in headlines
    }
