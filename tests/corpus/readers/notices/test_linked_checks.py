import pytest

from corpus.models import Section
from corpus.readers.notices import linked_checks, notices_in

OWN = "https://desk.example/fares-2024"
OTHER = "https://www.desk.example/fares-2026"
Answer = tuple[tuple[str, ...], tuple[str, ...]]


def linked(text: str, *links: tuple[str, str], url: str = OWN) -> Answer:
    sections = [Section("", text)]
    return linked_checks(notices_in("", sections), sections, links, url)


@pytest.mark.parametrize(
    "text",
    [
        "Update: A newer version of this check is here: our fares of 2026.",
        "This fact-check has been replaced. Read our fares of 2026.",
        "Editor's note: This story was updated in 2026. The latest version: our fares of 2026.",
        "Dieser Faktencheck ist veraltet. Hier steht der neue: our fares of 2026",
        "Esta verificación fue reemplazada por our fares of 2026.",
        "Cet article a été remplacé par our fares of 2026.",
        "Este texto foi substituído por our fares of 2026.",
        "Questo articolo è stato sostituito da our fares of 2026.",
    ],
)
def test_a_sentence_names_the_newer_check_by_its_link(text: str) -> None:
    assert linked(text, ("our fares of 2026", OTHER)) == ((OTHER,), ())


@pytest.mark.parametrize(
    "text",
    [
        "This article replaces our check of 2024.",
        "Update: This is an updated version of our check of 2024.",
        "Dieser Faktencheck ersetzt our check of 2024.",
        "Cette vérification remplace our check of 2024.",
    ],
)
def test_a_sentence_names_the_older_check_by_its_link(text: str) -> None:
    assert linked(text, ("our check of 2024", OTHER)) == ((), (OTHER,))


def test_an_address_in_the_sentence_is_a_link_too() -> None:
    text = f"Update: This check was replaced by a newer one ({OTHER})."
    assert linked(text) == ((OTHER,), ())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Update: A newer version of the law is here: the link.", "https://gov.example/law"),
        ("Update: the depot has answered, see the link.", OTHER),
        ("The newer version of the timetable is at the link.", OTHER),  # it names no check
        ("This article replaces the link.", OWN),  # itself
        ("This article replaces the link.", "https://desk.example/"),  # the front page
        ("This article replaces another.", OTHER),  # the link stands elsewhere
    ],
)
def test_other_links_name_none(text: str, address: str) -> None:
    assert linked(text, ("the link", address)) == ((), ())


def test_a_text_that_says_both_of_one_link_says_nothing() -> None:
    text = "This article replaces the link.\nThis article was replaced by the link."
    assert linked(text, ("the link", OTHER)) == ((), ())


def test_the_middle_of_a_long_article_is_not_searched_without_a_notice() -> None:
    filling = ["Trams roll."] * 5
    said = "This fact-check was replaced by the link."
    text = "\n".join([*filling, said, *filling])
    assert linked(text, ("the link", OTHER)) == ((), ())
    assert linked("\n".join([*filling, said]), ("the link", OTHER)) == ((OTHER,), ())


def test_an_article_without_an_address_may_name_any() -> None:
    assert linked("This article replaces the link.", ("the link", OTHER), url="") == ((), (OTHER,))
