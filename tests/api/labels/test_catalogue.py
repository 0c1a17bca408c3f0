"""Every label of our own pages exists in every language, and nothing else stands in templates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from jinja2 import Environment, nodes

from api.labels import catalogue
from api.labels.catalogue import N_, PAGE_LANGUAGES, label, labels_in, read_catalogue
from api.templating import template_environment

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "api" / "templates"
OTHERS = tuple(language for language in PAGE_LANGUAGES if language != "en")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%")
OPERATORS = {"report.html"}  # of the command line, which speaks English
NAMES = {"divedeeper", "dive", "deeper", "openapi.json"}  # the same in every language
SPOKEN = ("alt", "aria-label", "placeholder", "title")  # attributes that are read to people


def labels_of_source() -> set[str | tuple[str, ...]]:
    """Return every label that the source asks for, as its id in a catalogue."""
    mapping = tomllib.loads((catalogue.FOLDER / "extraction.toml").read_text(encoding="utf-8"))
    methods = [(m["pattern"], m["method"]) for m in mapping["mappings"]]
    found = extract_from_dir(ROOT / "api", [(p.removeprefix("api/"), m) for p, m in methods])
    return {message for _, _, message, _, _ in found}


@pytest.fixture(scope="module")
def asked() -> set[str | tuple[str, ...]]:
    return labels_of_source()


def messages(language: str) -> dict[object, Message]:
    found: Catalog = read_catalogue(language)
    return {m.id if isinstance(m.id, str) else tuple(m.id): m for m in found if m.id}


def forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_label_and_no_other(
    language: str, asked: set[str | tuple[str, ...]]
) -> None:
    assert len(asked) > 90
    known = messages(language)
    assert set(known) == asked
    assert not [m.id for m in known.values() if m.fuzzy]


@pytest.mark.parametrize("language", OTHERS)
def test_a_label_has_the_placeholders_of_the_english_one(language: str) -> None:
    for id, message in messages(language).items():
        english = forms(message.id)
        said = forms(message.string)
        wanted = {tuple(sorted(PLACEHOLDER.findall(str(form)))) for form in english}
        for form in said:
            assert form.strip(), id
            assert tuple(sorted(PLACEHOLDER.findall(form))) in wanted, form
            assert not re.search("[<>]", form), form  # markup stays in the templates


@pytest.mark.parametrize("language", OTHERS)
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    catalogue = read_catalogue(language)
    assert catalogue.plural_expr == get_plural(language)[1]
    for message in catalogue:
        if message.pluralizable:
            assert len(forms(message.string)) == get_plural(language)[0], message.id


def test_counts_take_the_right_form() -> None:
    one, many = "%(number)s fact check", "%(number)s fact checks"
    assert [labels_in("en").ngettext(one, many, n) for n in (0, 1, 2)] == [many, one, many]
    german = [labels_in("de").ngettext(one, many, n) % {"number": n} for n in (0, 1, 2)]
    assert german == ["0 Faktenchecks", "1 Faktencheck", "2 Faktenchecks"]
    french = [labels_in("fr").ngettext(one, many, n) % {"number": n} for n in (0, 1, 2, 1_000_000)]
    assert french == [
        "0 vérification",
        "1 vérification",
        "2 vérifications",
        "1000000 de vérifications",
    ]


def test_a_label_without_translation_stays_english() -> None:
    assert label(N_("Sources"), "de") == "Quellen"
    assert label("no such label", "de") == "no such label"
    assert label("Sources", "en") == "Sources"


class Spoken(HTMLParser):
    """The texts of a page that people read or hear, outside and inside of attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in SPOKEN and value]


def literals(environment: Environment, name: str) -> list[str]:
    """Return the words that a template has outside of what is translated."""
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    tree = environment.parse(source)
    page = Spoken()
    page.feed("".join(str(n.data) for n in tree.find_all(nodes.TemplateData)))
    return [w for text in page.texts for w in re.findall(r"[^\W\d_]{2,}[\w.]*", text)]


@pytest.mark.parametrize(
    "name", sorted(p.name for p in TEMPLATES.glob("*.html") if p.name not in OPERATORS)
)
def test_no_english_is_left_in_a_template(name: str) -> None:
    environment = template_environment({}, {})
    assert not set(literals(environment, name)) - NAMES


def test_a_literal_in_a_template_would_be_found() -> None:
    environment = template_environment({}, {})
    page = Spoken()
    tree = environment.parse('<p title="Look">{{ _("Sources") }} Hidden words</p>')
    page.feed("".join(str(n.data) for n in tree.find_all(nodes.TemplateData)))
    assert page.texts == ["Look", " Hidden words"]


def test_scripts_have_no_words_for_people() -> None:
    """What a script shows comes with the page, as ``data-`` attributes."""
    script = (ROOT / "api" / "static" / "completions.js").read_text(encoding="utf-8")
    shown = re.findall(r'(?:textContent|aria-label")[^;\n]*', script)
    assert shown
    assert not [s for s in shown if re.search(r'["`][A-Za-z]+ ', s)]
