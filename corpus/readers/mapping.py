"""Mapping of columns and keys of any table or JSON to fields of an article, guessed from names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Field → the names that tables, feeds and front matters use for it, the surest first. A name stands
# once. Compared without case and without what is no letter or digit.
_NAMES = {
    "id": "id _id articleid checkid factcheckid",
    "headline": "headline title webtitle posttitle articletitle headlinetext pagetitle titel titre"
    " titulo titolo shorttitle subjectline",
    "summary": "summary description subtitle subtitel excerpt dek standfirst abstract teaser lead"
    " lede websubtitle customexcerpt metadescription kurzfassung chapo resumen resumo sommario"
    " ogdescription",
    "html": "contenthtml bodyhtml html articlehtml",
    "text": "body content text articlebody articletext bodytext fulltext article markdown plaintext"
    " contenttext posttext",
    "claim": "claim claimreviewed statement claimtext claimstatement claimquote quote behauptung"
    " affirmation afirmacion alegacao whatwasclaimed claims",
    "claimant": "claimant claimauthor speaker claimedby statementby personmakingclaim claimsource"
    " who saidby",
    "verdict": "verdict rating evaluation ruling textualrating factcheckrating ratingname label"
    " truthrating conclusion ratingtext reviewrating judgement judgment truth veredicto bewertung"
    " verdikt validity assessment factcheckverdict rated outcome",
    "topic": "topic category categories section primarycategory maincategory rubric rubrik subject"
    " ressort channel desk thema",
    "publisher": "publisher source publishername organization organisation outlet factchecker site"
    " sitename publishedby",
    "url": "url link canonicalurl permalink href articleurl reviewurl pageurl weburl address"
    " canonical factcheckurl uri",
    "image": "image featuredimage featureimage thumbnail thumbnailurl imageurl ogimage picture"
    " cover coverimage photo heroimage",
    "language": "language lang locale languagecode inlanguage sprache",
    "tags": "tags tag keywords contenttags labels topics schlagworte motscles etiquetas",
    "authors": "authors author byline by writer writers reporter creator postauthor autor auteur"
    " autore checkedby",
    "checked_on": "checkedon checkdate datechecked factcheckdate reviewdate datereviewed"
    " verifiedon",
    "published_on": "publishedon date datepublished publishdate publicationdate pubdate"
    " dateposted posted postdate publishedat publisheddate firstpublished issued displaydate"
    " datum fecha",
    "modified_on": "modifiedon datemodified modified lastmod updated updatedat updatedon"
    " lastupdated modifieddate lastmodified dateupdated",
    "claimed_on": "claimedon claimdate dateofclaim statementdate dateclaimed",
    "appearances": "appearances appearance claimurl claimlink firstappearance sourceurl"
    " claimsourceurl",
    "followups": "followups followup followupquestions questions furtherquestions relatedquestions",
    "supersedes": "supersedes replaces replacescheck updatesarticle",
    "superseded_by": "supersededby replacedby newercheck newerversion updatedversion",
    "notices": "notices corrections correction correctiontext correctionnotice correctionnote"
    " clarification updatenotice updatenote",
    "aliases": "aliases alias oldids redirectfrom",
    "state": "state status poststatus draft workflow workflowstate publicationstatus",
    "published_flag": "published ispublished live public",
    "due": "due publishon goliveat scheduledfor embargo embargoeduntil embargountil notbefore",
    "password": "password postpassword",
    "slug": "slug postname urlslug",
    "rating_value": "ratingvalue score truthscore",
    "rating_best": "bestrating ratingbest",
    "rating_worst": "worstrating ratingworst",
    "created_on": "createdat createdon created datecreated createddate",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
FIELDS = tuple(_NAMES)
"""What a mapping may name on its left side."""
# Other names that an operator may write for a field.
_SAME_AS = {
    "title": "headline",
    "date": "published_on",
    "body": "text",
    "rating": "verdict",
    "author": "authors",
    "category": "topic",
    "lang": "language",
    "link": "url",
    "published": "published_flag",
}
_NO_NAME = re.compile(r"[\W_]+")


def parse_mapping(text: str) -> dict[str, str]:
    """Return field → column of a text such as ``headline=title,date=pub_date``.

    Raises
    ------
    ValueError
        A part is no ``field=column``, or there is no such field.
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        field, equal, column = (piece.strip() for piece in part.partition("="))
        if not (field and equal and column):
            raise ValueError(f"{part.strip()!r} is no field=column, such as headline=title")
        field = _SAME_AS.get(field, field)
        if field not in _NAMES:
            raise ValueError(f"there is no field {field!r}; fields are {', '.join(FIELDS)}")
        found[field] = column
    return found


def guess_mapping(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return field → name for the names of a table that say what they are.

    Parameters
    ----------
    names
        Columns of a table, or keys of an object.
    chosen
        What the operator decided; it wins, and a column is used for one field only.
    """
    names = list(names)
    present = {_plain(name): name for name in reversed(names)}
    found = {field: name for field, name in chosen.items() if name in names}
    taken = set(found.values())
    for field, known in _NAMES.items():
        if field in found:
            continue
        for name in known.split():
            original = present.get(name)
            if original is not None and original not in taken:
                found[field] = original
                taken.add(original)
                break
    return found


def missing_columns(names: Iterable[str], chosen: Mapping[str, str]) -> list[str]:
    """Return the columns that a mapping names and a table does not have, in order."""
    present = set(names)
    return [name for name in chosen.values() if name not in present]


def fields_of_row(row: Mapping[str, object], mapping: Mapping[str, str]) -> dict[str, object]:
    """Return the values of a row by field, the columns without a field as ``extra``."""
    values: dict[str, object] = {field: row.get(name) for field, name in mapping.items()}
    used = set(mapping.values())
    values["extra"] = {name: value for name, value in row.items() if name not in used}
    if (flag := values.pop("published_flag", None)) not in (None, ""):
        # A column "published" holds yes or no in one system and a day in another.
        is_word = isinstance(flag, bool) or str(flag).strip().casefold() in _FLAG_WORDS
        values["published" if is_word or values.get("published_on") else "published_on"] = flag
    if mapping.get("state", "").casefold() == "draft":
        values["state"] = _not(values.get("state"))
    rating = {key: values.pop(f"rating_{key}", None) for key in ("value", "best", "worst")}
    if rating["value"] not in (None, ""):
        values["rating"] = rating
    created = values.pop("created_on", None)
    if not values.get("published_on"):
        values["published_on"] = created
    values.setdefault("due", values.get("published_on"))
    return values


def fields_of_custom(
    own: Mapping[str, object], chosen: Mapping[str, str]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return what the fields that a site made itself say, by field, and the rest of them.

    Parameters
    ----------
    own
        By the site's names. What decides identity, state and text is the system's own, not theirs.
    chosen
        What the operator decided.
    """
    mapping = {
        field: name
        for field, name in guess_mapping(map(str, own), chosen).items()
        if field in chosen or field not in _OF_THE_SYSTEM
    }
    values = fields_of_row(own, mapping)
    rest = values.pop("extra")
    said = {key: value for key, value in values.items() if value not in (None, "", [])}
    said.pop("due", None)
    return said, dict(rest)  # type: ignore[call-overload]


_OF_THE_SYSTEM = frozenset(
    "id slug state password published_flag html text url due created_on".split()
)
_FLAG_WORDS = frozenset("true false yes no 1 0 y n live draft".split())


def _not(value: object) -> object:
    """Return the state of a value of ``draft``: true is a draft, false is published."""
    if value in (None, ""):
        return None
    word = str(value).strip().casefold()
    if word in ("false", "no", "0", "n"):
        return True
    return "draft" if word in ("true", "yes", "1", "y") else value


def _plain(name: str) -> str:
    return _NO_NAME.sub("", name.casefold())
