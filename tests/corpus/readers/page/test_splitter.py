"""The lines of a page fall into its parts, and no line of text is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.page.splitter import Parts, split_parts


def parts(text: str) -> Parts:
    return split_parts(text.split("\n"))


def test_every_part_has_its_lines() -> None:
    found = parts(
        "Fact check: Do trams fly?\nExecutive Summary\nNo.\n1. Why\nWheels [1].\n2. Who says so\n"
        "A poster.\nSources\n[1] A book\nWant to dive deeper?\nDo buses fly?"
    )
    assert found.head == ["Fact check: Do trams fly?"]
    assert found.summary == ["No."]
    assert found.sections == [("Why", ["Wheels [1]."]), ("Who says so", ["A poster."])]
    assert found.sources == ["[1] A book"]
    assert found.followups == ["Do buses fly?"]


def test_without_a_summary_heading_there_is_none() -> None:
    assert parts("Fact check: a\n1. Why\nb").summary is None
    assert parts("").head == []


def test_a_numbered_list_opens_no_sections() -> None:
    found = parts("1. One\nText.\n1. a\n2. b\n3. c\n2. Two\nEnd.")
    assert found.sections == [("One", ["Text.", "1. a", "2. b", "3. c"]), ("Two", ["End."])]


def test_a_lost_number_is_bridged_but_not_a_jump() -> None:
    assert [words for words, _ in parts("1. One\na\n4. Four\nb").sections] == ["One", "Four"]
    assert [words for words, _ in parts("1. One\na\n5. Five\nb").sections] == ["One"]


def test_a_bold_heading_at_the_end_of_a_line_opens_a_section() -> None:
    found = parts("1. One\nThe end. **2. Two**\nText.")
    assert found.sections == [("One", ["The end."]), ("Two", ["Text."])]


def test_a_repeated_heading_opens_one_section() -> None:
    assert parts("1. One\n1. One\nText.").sections == [("One", ["Text."])]


def test_a_heading_ends_the_sources() -> None:
    found = parts("1. One\na\nSources\n[1] A book\n## More\nb")
    assert found.sources == ["[1] A book"]
    assert found.sections[-1] == ("More", ["b"])


def test_sources_without_an_entry_below_are_text() -> None:
    assert parts("1. One\nSources\nsay so.").sections == [("One", ["Sources", "say so."])]


WORDS = st.lists(st.sampled_from(["moon", "tram", "river", "bread"]), min_size=1, max_size=4)


@given(st.lists(WORDS.map(" ".join)))
def test_plain_lines_all_stay_in_the_head(lines: list[str]) -> None:
    assert split_parts(lines) == Parts(head=lines)


@given(st.lists(st.sampled_from(["1. One", "2. Two", "word", "- x", "Sources", "[1] b", "## H"])))
def test_no_word_is_lost(lines: list[str]) -> None:
    found = split_parts(lines)
    texts = [*found.head, *found.sources, *found.followups, *(found.summary or ())]
    for words, text in found.sections:
        texts += [words, *text]
    for word in ("word", "- x"):
        assert texts.count(word) == lines.count(word)
