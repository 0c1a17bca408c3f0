"""Line classification of pages: part markers, headings, dates, source entries, boilerplate.

The patterns are those of the page format, with the marks of every language (``marks.toml``); each
function sees one cleaned line without the lines around it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from corpus.analysis.dates import parse_date
from corpus.readers.page_marks import mark_pattern

MAX_HEADING_CHARACTERS = 250  # a longer line is text

_COLON = "[:\uff1a]"  # full width too
_HEAD = r"(?:#{1,6} ?)?"
_ENDS = r"(?!\w)"  # not "\b": Hindi words end in vowel signs, which are no word characters there
_HEADLINE = re.compile(
    rf"{_HEAD}{mark_pattern('headline')} ?(?:{_COLON}|[–—]) ?(.*)", re.IGNORECASE
)
_SUMMARY = re.compile(
    rf"{_HEAD}(?:"
    # alone on its line, or separated from its text
    rf"{mark_pattern('summary')}(?: ?{_COLON}| ?[–—]| -|$)"
    r"|executive summary(?=[a-z])"  # joined to its text
    r") ?(.*)",
    re.IGNORECASE,
)
QUESTION_MARKS = ("?", "\u061f", "\uff1f")  # of Latin and other scripts, Arabic, full width
_SENTENCE_ENDS = (*QUESTION_MARKS, *".!…", "\u0964", "\u3002", "\uff01")  # Hindi, Japanese
_MARKS = "".join(QUESTION_MARKS)
_ENDED = rf"[{''.join(_SENTENCE_ENDS)}\])”\"]"
_FOLLOWUPS = re.compile(
    rf"(?:^{_HEAD}|(?<={_ENDED} )|(?<={_ENDED}))"  # on its own, or after a sentence
    rf"¿?{mark_pattern('followups')}(?: ?[{_MARKS}]{_COLON}?(.*)|{_COLON}?)$",
    re.IGNORECASE,
)
_SOURCES = re.compile(rf"{_HEAD}{mark_pattern('sources')} ?{_COLON}?", re.IGNORECASE)
_SOURCE = re.compile(r"(?:- )?(?:\[\^?(\d{1,4})\]:?|(\d{1,4})[.)])\s?(.*)")

# The three parts that most pages have, with the number that belongs to each.
_PARTS = mark_pattern("part_1", "part_2", "part_3")
_PART_NUMBERS = [
    (number, re.compile(mark_pattern(f"part_{number}"), re.IGNORECASE)) for number in (1, 2, 3)
]
_PART = re.compile(
    rf"(?:- )?{_HEAD}(?:(\d{{1,2}})\. ?)?(({_PARTS}){_ENDS}(?: ?:?(.*)))", re.IGNORECASE
)
_INLINE_PART = re.compile(rf"(?<!^- )(?<!^)\b([1-3]\. ?{_PARTS}{_ENDS}.*)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:- )?(?:#{1,6} ?)?(\d{1,2})\. (\S.*)")
# "… price [2].2. What riders say": a number right after the end of a sentence, not of a decimal.
_INLINE_NUMBER = re.compile(r"(?:(?<=[^\d][.!?…])|(?<=[\])”\"’]))(\d{1,2})\. (?=\S)")
_TITLED = re.compile(r"(#{1,6}) ?([^#\s].*)")

_CHECKED = re.compile(
    rf"(?:{mark_pattern('checked_on')} ?{_COLON}?|{mark_pattern('checked')} ?{_COLON})"
    r" ?(.{1,80})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    rf"(?:{mark_pattern('published_on')} ?{_COLON}?|{mark_pattern('published')} ?{_COLON})"
    r" ?(.{1,80})",
    re.IGNORECASE,
)
_VALUES = {
    kind: re.compile(rf"{mark_pattern(kind)} ?(?:{_COLON}(.*)|$)", re.IGNORECASE)
    for kind in ("claim", "claimant", "verdict")
}
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?i:{mark_pattern('by')}):? {_NAME}(?:,? (?:{_NAME}|and|und|y|et|e|و)){{1,7}}"
)
_BOILERPLATE = re.compile(
    r"keep \S{1,40} independent"
    r"|whether you agree or disagree with our analysis\b.*"
    r"|(?:loading(?:\.\.\.|…)).*"
    r"|(?:goal|time left) ?:.{0,40}"
    r"|[$€£]"
    r"|what do you want to fact-?check\?"
    r"|past checks"
    r"|your fact-checks(?: will appear here)?"
    r"|support us"
    r"|this (?:fact-?check|article|page) (?:may|might) be outdated\b.{0,120}"
    r"|was this (?:fact-?check|article|page) helpful\?"
    r"|learn more\.?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    rf"{mark_pattern('footer')}|terms(?: & conditions)?terms|privacy(?: policy)?privacy",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"your fact-checks|index/topics/.*|fact-checks|\d+ results?|most (?:viewed|recent)",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A line that may open a section: number (0 for none), words, and the text after them."""

    number: int
    words: str
    text: str
    known: bool  # one of the three standard parts


def headline_in_line(line: str) -> str | None:
    """Return the text after "Fact check:", None for another line."""
    found = _HEADLINE.fullmatch(line)
    return found[1].strip() if found else None


def summary_in_line(line: str) -> str | None:
    """Return the text after "Executive Summary", None for another line."""
    found = _SUMMARY.fullmatch(line)
    return found[1].strip() if found else None


def split_line_at_followups(line: str) -> tuple[str, str] | None:
    """Return the texts before and after "Want to dive deeper?", None for another line."""
    found = _FOLLOWUPS.search(line)
    return (line[: found.start()].strip(), (found[1] or "").strip()) if found else None


def is_sources_line(line: str) -> bool:
    """Return whether the line is the heading of the list of sources."""
    return _SOURCES.fullmatch(line) is not None


def source_in_line(line: str) -> tuple[int, str] | None:
    """Return number and text of one entry of the list of sources, None for another line."""
    found = _SOURCE.fullmatch(line)
    return (int(found[1] or found[2]), found[3].strip()) if found else None


def heading_in_line(line: str) -> Heading | None:
    """Return the heading that the line may be; whether it is one depends on its context."""
    if found := _PART.fullmatch(line):
        number = int(found[1]) if found[1] else _part_number(found[3])
        text = found[4].strip()
        if not text:
            return Heading(number, found[3], "", known=True)
        # "1. Summary of the results The board …" has lost the line break before its text.
        if found[1] and ends_like_sentence(text) and not text[0].islower():
            return Heading(number, found[3], text, known=True)
    if (found := _NUMBERED.fullmatch(line)) and len(found[2]) <= MAX_HEADING_CHARACTERS:
        return Heading(int(found[1]), found[2].rstrip(": "), "", known=False)
    if (found := _TITLED.fullmatch(line)) and len(found[2]) <= MAX_HEADING_CHARACTERS:
        return Heading(0, found[2].rstrip(": "), "", known=False)
    return None


def ends_like_sentence(text: str) -> bool:
    """Return whether the text ends like a sentence, unlike a heading."""
    return text.endswith((*_SENTENCE_ENDS, *'])"”»:;'))


def is_results_heading(words: str) -> bool:
    """Return whether a heading is that of the first standard part, "Summary of the results"."""
    return _PART_NUMBERS[0][1].match(words) is not None


def _part_number(words: str) -> int:
    return next(number for number, pattern in _PART_NUMBERS if pattern.fullmatch(words))


def split_line_at_heading(line: str, number: int) -> tuple[str, str] | None:
    """Return a line split before the heading of this number at its end, None without one.

    A standard part is accepted with a higher number too: its words are unambiguous.
    """
    if (found := _INLINE_PART.search(line)) and int(found[1][0]) >= number:
        return line[: found.start()].rstrip(), found[1]
    for found in _INLINE_NUMBER.finditer(line):
        if int(found[1]) == number and len(line) - found.end() <= MAX_HEADING_CHARACTERS:
            return line[: found.start()].rstrip(), line[found.start() :]
    return None


def checked_date_in_line(line: str) -> tuple[bool, date | None]:
    """Return whether the line states the day of the check, and the day if it can be parsed."""
    if found := _CHECKED.fullmatch(line):
        return True, parse_date(found[1])
    day = parse_date(line)
    return day is not None, day


def published_date_in_line(line: str) -> date | None:
    """Return the day of publication, None for a line that states none."""
    found = _PUBLISHED.fullmatch(line)
    return parse_date(found[1]) if found else None


def value_in_line(line: str) -> tuple[str, str] | None:
    """Return (kind, value) of a line such as "Claim: …"; "" for a mark that stands alone.

    Kinds are claim, claimant and verdict. None for another line.
    """
    for kind, pattern in _VALUES.items():
        if found := pattern.fullmatch(line):
            return kind, (found[1] or "").strip()
    return None


def is_byline(line: str) -> bool:
    """Return whether the line names the authors of the page, as "By Ada North and Bo Lind"."""
    return _BYLINE.fullmatch(line) is not None


def is_boilerplate_line(line: str) -> bool:
    """Return whether the line belongs to the site and not to the article: banners, notices."""
    return _BOILERPLATE.fullmatch(line) is not None


def is_footer_line(line: str) -> bool:
    """Return whether the line is a footer link of the site."""
    return _FOOTER.fullmatch(line) is not None


def is_listing_line(line: str) -> bool:
    """Return whether the line occurs in lists of articles only."""
    return _LISTING.fullmatch(line) is not None
