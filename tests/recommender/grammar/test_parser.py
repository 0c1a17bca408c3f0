from __future__ import annotations

import pytest

from recommender.grammar import parser as module
from recommender.grammar.lemmas import Lemmatizer
from recommender.grammar.parser import EnglishParser, ParserUnavailable


def test_each_text_has_its_parse(parser: EnglishParser) -> None:
    parses = list(parser.parse(["Bees fly.", "Owls slept in barns."]))
    assert [p.roots()[0].lemma for p in parses] == ["fly", "sleep"]


@pytest.mark.usefixtures("parser")  # else another problem is found first
def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.SHA256, "config.cfg", "0" * 64)
    module._parser_model_folder.cache_clear()
    with pytest.raises(ParserUnavailable, match=r"config\.cfg is not the file"):
        EnglishParser.load()
    module._parser_model_folder.cache_clear()


def test_a_missing_package_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGE", "no-such-package")
    module._parser_model_folder.cache_clear()
    with pytest.raises(ParserUnavailable, match="not installed"):
        EnglishParser.load()
    module._parser_model_folder.cache_clear()


def test_lemmas_come_from_exceptions_rules_and_list() -> None:
    tables = {"verb": [["ies", "y"], ["s", ""]], "noun": [["s", ""]], "adj": []}
    index = {"verb": ["carry"], "noun": ["owl"], "adj": []}
    exceptions = {"verb": {"went": ["go"]}, "noun": {}, "adj": {}}
    lemma = Lemmatizer(tables, index, exceptions).lemma
    assert [lemma("went", "VBD"), lemma("carries", "VBZ"), lemma("was", "VBD")] == [
        "go",
        "carry",
        "be",
    ]
