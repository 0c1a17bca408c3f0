from datetime import date

import pytest

from corpus.models import Notice, Section
from corpus.readers.notices import notices_in, stated_notices
from corpus.readers.notices.finder import MAX_NOTICE_CHARACTERS, MAX_NOTICES
from corpus.readers.notices.words import notice_words


def only(text: str) -> Notice | None:
    found = notices_in("", [Section("", f"Trams roll on rails.\n{text}\nThe end is near.")])
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Correction: The tram has four doors, not three.", "correction", None),
        ("CORRECTION (March 4, 2025): It has four doors.", "correction", date(2025, 3, 4)),
        ("Correction, March 4, 2025: It has four doors.", "correction", date(2025, 3, 4)),
        ("Update 2025-03-04 – The depot has answered.", "update", date(2025, 3, 4)),
        ("UPDATE, 3:37 p.m., March 4, 2025: The depot has answered.", "update", date(2025, 3, 4)),
        ("[Update: The depot has answered.]", "update", None),
        ("**Update:** The depot has answered.", "update", None),
        ("Clarification: The fare is that of riders from outside.", "correction", None),
        ("Editor’s note: This story has been updated with the fare.", "update", None),
        ("Editors' Note: A previous version of this check named another line.", "correction", None),
        (
            "This article was corrected on March 4, 2025 to name the depot.",
            "correction",
            date(2025, 3, 4),
        ),
        ("An earlier version of this fact-check gave another fare.", "correction", None),
        ("Korrektur vom 04.03.2025: Die Bahn hat vier Türen.", "correction", date(2025, 3, 4)),
        ("Dieser Artikel wurde am 4. März 2025 aktualisiert.", "update", date(2025, 3, 4)),
        (
            "Anmerkung der Redaktion: In einer früheren Version stand ein anderer Preis.",
            "correction",
            None,
        ),
        ("Actualización: El depósito ha respondido.", "update", None),
        ("Este artículo ha sido corregido: la tarifa es otra.", "correction", None),
        ("Mise à jour du 4 mars 2025 : le dépôt a répondu.", "update", date(2025, 3, 4)),
        ("Cet article a été corrigé le 4 mars 2025.", "correction", date(2025, 3, 4)),
        ("Atualização (4 de março de 2025): o depósito respondeu.", "update", date(2025, 3, 4)),
        ("Rettifica: il tram ha quattro porte.", "correction", None),
        ("Questo articolo è stato aggiornato con la risposta.", "update", None),
        ("Rectificatie: de tram heeft vier deuren.", "correction", None),
        ("Güncelleme: Depo yanıt verdi.", "update", None),
        ("تصحيح: للترام أربعة أبواب.", "correction", None),
        ("सुधार: ट्राम में चार दरवाज़े हैं।", "correction", None),
        ("訂正：扉は四つです。", "correction", None),
        ("【追記】扉は四つです。", None, None),  # no colon: a heading, not known to be a notice
    ],
)
def test_a_paragraph_about_a_change_is_a_notice(
    text: str, kind: str | None, day: date | None
) -> None:
    found = only(text)
    if kind is None:
        assert found is None
    else:
        assert found is not None
        assert (found.kind, found.day, found.text) == (kind, day, text)


@pytest.mark.parametrize(
    "text",
    [
        "The correction of the timetable took three years.",
        "Corrections officers ride for free: nobody checks them.",
        "Updates of the software: the tram has had four since 2019.",
        "Editor's note: Tram Desk is a member of a network of local papers.",
        "Note: the fare is given in crowns.",
        "An earlier version of the tram had three doors.",
        "The first version of the law was corrected in parliament.",
        "This story is about a tram that was repainted.",
        "Dieser Text handelt von einer Bahn: sie wurde neu lackiert.",
        "He said the ministry has been updated on the matter.",
        "Update your ticket at the counter.",
        "",
    ],
)
def test_other_paragraphs_are_none(text: str) -> None:
    assert only(text) is None


def test_a_heading_is_the_label_of_the_paragraph_below_it() -> None:
    sections = [Section("Trams", "They roll."), Section("Correction", "Four doors.\nNot three.")]
    assert notices_in("", sections) == (Notice("correction", "Correction: Four doors."),)


def test_a_notice_that_stands_twice_is_one_and_the_number_is_bounded() -> None:
    twice = [Section("", "Update: Four doors.\nUpdate: Four doors.")]
    assert len(notices_in("Update: Four doors.", twice)) == 1
    many = "\n".join(f"Update: Door {n}." for n in range(MAX_NOTICES + 9))
    assert len(notices_in("", [Section("", many)])) == MAX_NOTICES


def test_a_long_paragraph_is_text_whatever_its_label() -> None:
    assert only(f"Update: {'doors ' * MAX_NOTICE_CHARACTERS}") is None


def test_fields_give_notices_as_text_list_or_object() -> None:
    comment = {
        "@type": "CorrectionComment",
        "text": "Four <b>doors</b>.",
        "datePublished": "2025-03-04",
    }
    assert stated_notices("Four doors.") == (Notice("correction", "Four doors."),)
    assert stated_notices([comment, "Update: Five."]) == (
        Notice("correction", "Four doors.", date(2025, 3, 4)),
        Notice("update", "Update: Five."),
    )


@pytest.mark.parametrize(
    "value", [None, "", [], {}, 7, True, [[["x"]]], {"text": 7}, "https://desk.example/corrections"]
)
def test_fields_that_say_nothing_give_none(value: object) -> None:
    assert stated_notices(value) == ()


@pytest.mark.parametrize("language", list(notice_words()))
def test_the_labels_of_each_language_open_a_notice_of_their_kind(language: str) -> None:
    words = notice_words()[language]
    for kind in ("correction", "update"):
        for label in words[kind]:
            found = only(f"{label.capitalize()}: 4 5 6.")
            assert found is not None, label
            assert label in notice_words_of(found.kind), label


def notice_words_of(kind: str) -> set[str]:
    return {word for words in notice_words().values() for word in words[kind]}
