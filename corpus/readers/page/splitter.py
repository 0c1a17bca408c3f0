"""Cut the lines of a page into its parts: head, summary, sections, sources, follow-up questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.readers.page import line_patterns as marks
from corpus.readers.page.markup import clean_line

_BOLD_HEADING = re.compile(r"(?<=\S)\s*((?:\*\*|__)\d{1,2}\. ?[^*_]{1,250}(?:\*\*|__):?)\s*$")
_MOST_SKIPPED = 2  # headings whose number may be missing between two that are there


@dataclass(slots=True)
class Parts:
    """The cleaned lines of each part; ``summary`` is None where the page has no such heading."""

    head: list[str] = field(default_factory=list)
    summary: list[str] | None = None
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    followups: list[str] = field(default_factory=list)


def split_parts(lines: Sequence[str]) -> Parts:
    """Return the parts of a page from its raw lines, front matter taken off.

    A numbered line is a heading only where its number is the next one and it is no item of a list
    (a run of numbered lines with nothing between them): so "1." inside a section stays text.
    """
    cleaned = [clean_line(part) for line in lines if line.strip() for part in _split_bold(line)]
    return _Splitter([line for line in cleaned if line and not marks.is_furniture(line)]).run()


def _split_bold(line: str) -> list[str]:
    found = _BOLD_HEADING.search(line) if "**" in line or "__" in line else None
    # What stands before may be a bullet or a "#" only, which belong to the heading.
    if found and any(c.isalnum() for c in line[: found.start()]):
        return [line[: found.start()], found[1]]
    return [line]


class _Splitter:
    """One walk over the lines; ``target`` is where text goes until the next mark."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.parts = Parts()
        self.target = self.parts.head
        self.number = 0  # of the last numbered heading
        self.rule: Callable[[int, str], None] = self._in_body

    def run(self) -> Parts:
        for i, line in enumerate(self.lines):
            self.rule(i, line)
        return self.parts

    def _in_body(self, i: int, line: str) -> None:
        if self._opens_tail(i, line):
            return
        if (text := marks.summary(line)) is not None and self._opens_summary(i, text):
            return
        self._take(i, line)

    def _take(self, i: int, line: str) -> None:
        """Put a line where it belongs: a heading opens a section, also one glued to other text."""
        heading = marks.heading(line)
        text = line
        if heading and self._is_heading(i, heading):
            text = self._open_section(heading)
        # Each turn takes a higher number, of two digits at most: the loop is short on any line.
        while text and (glued := marks.unglue(text, self.number + 1)):
            before, behind = glued
            heading = marks.heading(behind)
            if heading is None or not self._is_heading(i, heading):
                break
            if before:
                self.target.append(before)
            text = self._open_section(heading)
        if text:
            self.target.append(text)

    def _in_sources(self, i: int, line: str) -> None:
        heading = marks.heading(line)
        if (heading and (heading.known or heading.number == 0)) or marks.followups(line):
            self.rule = self._in_body
            self._in_body(i, line)
        else:
            self.target.append(line)

    def _in_followups(self, i: int, line: str) -> None:
        if not marks.followups(line) and not self._opens_tail(i, line):
            self.target.append(line)

    def _opens_tail(self, i: int, line: str) -> bool:
        """Go into the list of sources or of follow-up questions where the line opens one."""
        if marks.is_sources(line) and marks.source(self._line(i + 1)):
            self.target, self.rule = self.parts.sources, self._in_sources
            return True
        if (around := marks.followups(line)) is None:
            return False
        before, behind = around
        if before:
            self._take(i, before)
        self.target, self.rule = self.parts.followups, self._in_followups
        if behind:
            self.target.append(behind)
        return True

    def _opens_summary(self, i: int, text: str) -> bool:
        if self.parts.summary is not None or self.parts.sections:
            return False
        self.parts.summary = []
        self.target = self.parts.summary
        # "Executive Summary — Quick answer": words without an end are a heading of their own,
        # where the text follows on the next line.
        ended = marks.is_ended(text)
        after = self._line(i + 1)
        has_text = after and not marks.heading(after) and marks.followups(after) is None
        if text and (ended or len(text) > marks.LONGEST_HEADING or not has_text):
            self.target.append(text)
        return True

    def _is_heading(self, i: int, heading: marks.Heading) -> bool:
        if heading.number == 0:
            # "# Title" above everything is the headline; "## Title" may be that on a bare page.
            if self.target is not self.parts.head:
                return True
            line = self.lines[i]
            return bool(
                self.parts.head and not line.startswith("# ") and marks.headline(line) is None
            )
        if heading.known:
            return heading.number > self.number or self._repeats(heading)
        skipped = heading.number - self.number - 1
        if self._repeats(heading):
            return True
        if skipped == 0:
            return not self._in_list(i, heading.number)
        return (
            0 < skipped <= _MOST_SKIPPED
            and self.number > 0
            and not heading.words.endswith((".", ";", ","))
            and not self.lines[i].startswith("- ")
            and not self._in_list(i, heading.number)
        )

    def _repeats(self, heading: marks.Heading) -> bool:
        """Return whether the line says the heading above it once more."""
        if not self.parts.sections or heading.number != self.number:
            return False
        words, text = self.parts.sections[-1]
        return not text and words.casefold() == heading.words.casefold()

    def _in_list(self, i: int, number: int) -> bool:
        """Return whether a neighbour carries the number before or behind: items, not headings."""
        below = marks.heading(self._line(i + 1))
        if below and not below.known and below.number == number + 1:
            return True
        above = marks.heading(self._line(i - 1))
        # A heading above was taken as one; only an item left as text makes this an item.
        is_text = bool(self.target) and self.target[-1] == self._line(i - 1)
        return bool(above and is_text and not above.known and above.number == number - 1)

    def _open_section(self, heading: marks.Heading) -> str:
        """Open the section of a heading and return the text that stands behind it on the line."""
        if not (heading.number and self._repeats(heading)):
            self.parts.sections.append((heading.words, []))
        self.target = self.parts.sections[-1][1]
        self.number = heading.number or self.number
        return heading.text

    def _line(self, i: int) -> str:
        return self.lines[i] if 0 <= i < len(self.lines) else ""
