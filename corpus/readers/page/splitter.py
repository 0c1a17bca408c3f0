"""Page segmentation: lines to head, summary, sections, sources and follow-up questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.readers.page import line_patterns as patterns
from corpus.readers.page.markup import line_without_markup

_BOLD_HEADING = re.compile(r"(?<=\S)\s*((?:\*\*|__)\d{1,2}\. ?[^*_]{1,250}(?:\*\*|__):?)\s*$")
_MAX_SKIPPED_NUMBERS = 2  # numbers that may be missing between two headings: pages lose some


@dataclass(slots=True)
class Parts:
    """The cleaned lines of each part; ``summary`` is None without a summary heading."""

    head: list[str] = field(default_factory=list)
    summary: list[str] | None = None
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    followups: list[str] = field(default_factory=list)


def split_parts(lines: Sequence[str]) -> Parts:
    """Return the parts of a page from its raw lines without front matter.

    A numbered line is a heading only if its number is the next one and it is no list item (one of
    several numbered lines in a row): "1." within a section stays text.
    """
    cleaned = [
        line_without_markup(part)
        for line in lines
        if line.strip()
        for part in _split_after_bold_text(line)
    ]
    return _Splitter(
        [line for line in cleaned if line and not patterns.is_boilerplate_line(line)]
    ).run()


def _split_after_bold_text(line: str) -> list[str]:
    found = _BOLD_HEADING.search(line) if "**" in line or "__" in line else None
    # A bullet or "#" alone before it belongs to the heading.
    if found and any(c.isalnum() for c in line[: found.start()]):
        return [line[: found.start()], found[1]]
    return [line]


class _Splitter:
    """One pass over the lines; ``target`` takes the text up to the next marker."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.parts = Parts()
        self.target = self.parts.head
        self.number = 0  # of the last numbered heading
        self.take: Callable[[int, str], None] = self._split_body

    def run(self) -> Parts:
        for i, line in enumerate(self.lines):
            self.take(i, line)
        return self.parts

    def _split_body(self, i: int, line: str) -> None:
        if self._opens_list_part(i, line):
            return
        if (text := patterns.summary_in_line(line)) is not None and self._opens_summary_part(
            i, text
        ):
            return
        self._add_line_to_part(i, line)

    def _add_line_to_part(self, i: int, line: str) -> None:
        """Add a line to its part: a heading opens a section, also one joined to other text."""
        heading = patterns.heading_in_line(line)
        text = line
        if heading and self._opens_section_part(i, heading):
            text = self._open_section_part(heading)
        # Each pass needs a higher number, of two digits at most: the loop is short on any line.
        while text and (joined := patterns.split_line_at_heading(text, self.number + 1)):
            before, after = joined
            heading = patterns.heading_in_line(after)
            if heading is None or not self._opens_section_part(i, heading):
                break
            if before:
                self.target.append(before)
            text = self._open_section_part(heading)
        if text:
            self.target.append(text)

    def _split_sources(self, i: int, line: str) -> None:
        heading = patterns.heading_in_line(line)
        if (heading and (heading.known or heading.number == 0)) or patterns.split_line_at_followups(
            line
        ):
            self.take = self._split_body
            self._split_body(i, line)
        else:
            self.target.append(line)

    def _split_followups(self, i: int, line: str) -> None:
        if not patterns.split_line_at_followups(line) and not self._opens_list_part(i, line):
            self.target.append(line)

    def _opens_list_part(self, i: int, line: str) -> bool:
        """Switch to the list of sources or follow-up questions if the line opens one."""
        if patterns.is_sources_line(line) and patterns.source_in_line(self._line_to_split(i + 1)):
            self.target, self.take = self.parts.sources, self._split_sources
            return True
        if (around := patterns.split_line_at_followups(line)) is None:
            return False
        before, after = around
        if before:
            self._add_line_to_part(i, before)
        self.target, self.take = self.parts.followups, self._split_followups
        if after:
            self.target.append(after)
        return True

    def _opens_summary_part(self, i: int, text: str) -> bool:
        if self.parts.summary is not None or self.parts.sections:
            return False
        self.parts.summary = []
        self.target = self.parts.summary
        # "Executive Summary — Quick answer": words without a full stop are a subheading if the text
        # follows on the next line.
        ended = patterns.ends_like_sentence(text)
        after = self._line_to_split(i + 1)
        has_text = (
            after
            and not patterns.heading_in_line(after)
            and patterns.split_line_at_followups(after) is None
        )
        if text and (ended or len(text) > patterns.MAX_HEADING_CHARACTERS or not has_text):
            self.target.append(text)
        return True

    def _opens_section_part(self, i: int, heading: patterns.Heading) -> bool:
        if heading.number == 0:
            # "# Title" at the top is the headline; "## Title" may be it on a page without markers.
            if self.target is not self.parts.head:
                return True
            line = self.lines[i]
            return bool(
                self.parts.head
                and not line.startswith("# ")
                and patterns.headline_in_line(line) is None
            )
        if heading.known:
            return heading.number > self.number or self._repeats_part_heading(heading)
        skipped = heading.number - self.number - 1
        if self._repeats_part_heading(heading):
            return True
        if skipped == 0:
            return not self._splits_numbered_list(i, heading.number)
        return (
            0 < skipped <= _MAX_SKIPPED_NUMBERS
            and self.number > 0
            and not heading.words.endswith((".", ";", ","))
            and not self.lines[i].startswith("- ")
            and not self._splits_numbered_list(i, heading.number)
        )

    def _repeats_part_heading(self, heading: patterns.Heading) -> bool:
        """Return whether the line repeats the heading above it."""
        if not self.parts.sections or heading.number != self.number:
            return False
        words, text = self.parts.sections[-1]
        return not text and words.casefold() == heading.words.casefold()

    def _splits_numbered_list(self, i: int, number: int) -> bool:
        """Return whether a neighbour has the number before or after: list items, not headings."""
        below = patterns.heading_in_line(self._line_to_split(i + 1))
        if below and not below.known and below.number == number + 1:
            return True
        above = patterns.heading_in_line(self._line_to_split(i - 1))
        # A heading above opened a section; only an item that stayed text makes this an item.
        is_text = bool(self.target) and self.target[-1] == self._line_to_split(i - 1)
        return bool(above and is_text and not above.known and above.number == number - 1)

    def _open_section_part(self, heading: patterns.Heading) -> str:
        """Open the section of a heading and return the text after it on the line."""
        if not (heading.number and self._repeats_part_heading(heading)):
            self.parts.sections.append((heading.words, []))
        self.target = self.parts.sections[-1][1]
        self.number = heading.number or self.number
        return heading.text

    def _line_to_split(self, i: int) -> str:
        return self.lines[i] if 0 <= i < len(self.lines) else ""
