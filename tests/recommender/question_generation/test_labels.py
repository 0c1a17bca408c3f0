from __future__ import annotations

from corpus.models import Article, Section
from recommender.question_generation.labels import HeadlineLabels

SUBJECTS = "salt rain trams owls glue bees snow milk rope tin sand wool".split()


def archive() -> list[Article]:
    found = []
    for n, word in enumerate(SUBJECTS):
        body = (Section("", f"People have written about {word} in the town of Ulm."),)
        found.append(
            Article(
                f"a{n}", f"CHECKED: {word} is heavy | The Lantern", sections=body, publisher="L"
            )
        )
        body = (Section("", f"Cholera is back, some say, and {word} helps."),)
        found.append(
            Article(f"b{n}", f"Cholera: {word} cures it", sections=body, publisher="M")
            if n % 2
            else Article(
                f"b{n}",
                f"No, {word} is not tax free",
                sections=(Section("", f"The tax on {word} stays."),),
                publisher="M",
            )
        )
    return found


def test_openings_and_endings_of_a_publisher_are_labels() -> None:
    labels = HeadlineLabels.learn(archive())
    assert labels.strip("CHECKED: glue is heavy | The Lantern", "L") == "glue is heavy"
    assert labels.labels("L") == {"checked", "the lantern"}


def test_a_subject_is_no_label_because_the_body_speaks_of_it() -> None:
    labels = HeadlineLabels.learn(archive())
    assert labels.strip("Cholera: rope cures it", "M") == "Cholera: rope cures it"


def test_a_headline_is_never_stripped_to_nothing() -> None:
    labels = HeadlineLabels.learn(archive())
    assert labels.strip("CHECKED:", "L") == "CHECKED:"


def test_labels_are_stored_as_json() -> None:
    labels = HeadlineLabels.learn(archive())
    again = HeadlineLabels.from_json(labels.to_json())
    assert again.labels("L") == labels.labels("L")
