"""Report for the terminal: the numbers as tables, the lists as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from api.report.html import percent
from recommender.report.lists import ReadList
from recommender.report.quality import ListQuality
from recommender.report.report import Report
from recommender.report.tallies import Tally

MAX_BAR_CHARACTERS = 24  # so that a table fits a terminal of 80


def print_report(report: Report, console: Console) -> None:
    """Print a report, the summary first."""
    console.print(_summary_text_table(report))
    coverage, concentration = report.coverage, report.concentration
    _print_text_section(
        console, "Articles by good questions", _text_bars(coverage.per_good, report.articles)
    )
    if coverage.reasons:
        title = f"Why articles have fewer than {coverage.least} (several may hold)"
        _print_text_section(console, title, _text_bars(coverage.reasons, coverage.short))
    lists = [tally for tally in report.diversity.per_tenth if tally.count]
    _print_text_section(
        console, "Lists by mean similarity", _text_bars(lists, report.diversity.lists)
    )
    if report.answers.by_origin:
        _print_text_section(
            console, "Questions that lead to an answer", _answers_text_table(report)
        )
    _print_targets_as_text(console, report)
    relations = report.related.by_relation
    _print_text_section(
        console, "Related articles", _text_bars(relations, sum(r.count for r in relations))
    )
    _print_text_section(
        console, "Faults of wording", _text_bars(report.flags.by_fault, report.flags.flagged)
    )
    if report.duplicates.examples:
        pairs = _text_table("pair", "kind", "letters", numbers=1)
        for pair in report.duplicates.examples:
            text = f"{pair.one}\n{pair.other}\n({pair.article_id})"
            pairs.add_row(_printable_text(text), pair.kind, f"{pair.letters:.0f}")
        _print_text_section(console, "Questions that repeat each other within a list", pairs)
    if concentration.most_shown:
        shown = _text_table("question", "articles", "share", numbers=2)
        for q in concentration.most_shown:
            shown.add_row(_printable_text(q.text), f"{q.shown:,}", percent(q.shown_share))
        _print_text_section(console, "Shown most often by articles that do not ask it", shown)
    if concentration.story_ideas:
        ideas = _text_table("question", "asked by", "shown", numbers=2)
        for idea in concentration.story_ideas:
            ideas.add_row(_printable_text(idea.text), f"{idea.asked_by:,}", f"{idea.shown:,}")
        _print_text_section(console, "Story ideas: asked and not answered", ideas)
    quality = [tally for tally in report.quality.per_tenth if tally.count]
    _print_text_section(console, "Lists by quality", _text_bars(quality, report.articles))
    ends = (("Worst", report.quality.worst), ("Best", report.quality.best))
    for title, lists_to_read in ends:
        if lists_to_read:
            parts = [_read_list_as_text(one) for one in lists_to_read]
            _print_text_section(console, f"{title} lists", Group(*parts))


def _print_targets_as_text(console: Console, report: Report) -> None:
    targets = report.targets
    leading = "Pages by questions that lead to another article"
    _print_text_section(console, leading, _text_bars(targets.per_leading, report.articles))
    if targets.reasons:
        title = f"Why pages have fewer than {targets.least} that lead (several may hold)"
        _print_text_section(console, title, _text_bars(targets.reasons, targets.few))
        few = _text_table("page", "lead", "why", numbers=0)
        for page in targets.examples:
            few.add_row(
                _printable_text(page.article_id), str(page.leading), "; ".join(page.reasons)
            )
        _print_text_section(console, "The first of these pages", few)


def _summary_text_table(report: Report) -> Table:
    coverage, duplicates, merges = report.coverage, report.duplicates, report.merges
    repeated = duplicates.exact + duplicates.same_question
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column()
    concentration = report.concentration
    rows = [
        (f"{report.articles:,}", "articles"),
        (
            f"{coverage.short:,}",
            f"of them ({percent(coverage.short_share)}) have fewer than {coverage.least} "
            f"good questions; {coverage.mean_good:.1f} on average",
        ),
        (f"{report.answers.questions:,}", "questions shown"),
        (percent(report.answers.answered_share), "of them lead to an article that answers"),
        (
            f"{repeated:,}",
            f"of {duplicates.pairs:,} pairs within a list repeat each other; "
            f"{duplicates.alike_in_letters:,} more are alike in letters",
        ),
        (
            f"{report.quality.mean:.2f}",
            "mean quality of a page, of 1: how likely its questions of the archive and its related "
            "articles are good next reads",
        ),
        ("", f"of its questions: {_quality_as_text(report.quality.parts)}"),
        (
            f"{report.targets.few:,}",
            f"pages ({percent(report.targets.few_share)}) have fewer than {report.targets.least} "
            f"questions that lead to another article; {report.targets.mean_leading:.1f} on average",
        ),
        (f"{report.targets.twice:,}", "entries lead to an article that the page has already"),
        (
            f"{concentration.above_bound:,}",
            f"questions stand beside more than {concentration.bound:,} articles that do not ask "
            "them",
        ),
        (f"{report.diversity.mean:.3f}", "mean similarity of the questions of a list, 0 to 1"),
        (
            f"{report.flags.flagged:,}",
            f"questions ({percent(report.flags.flagged_share)}) with a fault of wording",
        ),
        (
            f"{report.related.articles_without:,}",
            f"articles without a related one; {report.related.mean_number:.1f} on average",
        ),
        (f"{concentration.different:,}", "different questions shown"),
    ]
    if merges is not None and concentration.bank_shown_share is not None:
        text = f"questions in the bank, from {merges.wordings:,} wordings; "
        text += f"{percent(concentration.bank_shown_share)} of them are shown"
        rows.append((f"{merges.questions:,}", text))
    for row in rows:
        table.add_row(*row)
    return table


def _answers_text_table(report: Report) -> Table:
    table = _text_table("origin", "questions", "answered", "share", "sure ≥ 0.8", numbers=4)
    for origin in report.answers.by_origin:
        sure = sum(tally.count for tally in origin.per_confidence[8:])
        table.add_row(
            origin.origin,
            f"{origin.questions:,}",
            f"{origin.answered:,}",
            percent(origin.answered_share),
            f"{sure:,}",
        )
    return table


def _read_list_as_text(one: ReadList) -> Group:
    head = Text(f"{_printable_text(one.headline)}\n", "bold")
    head.append(f"{_printable_text(one.article_id)}\n", "not bold dim")
    head.append(f"quality {one.quality:.2f}; {_quality_as_text(one.parts)}", "not bold dim")
    if one.short:
        head.append(f"\nshort: {'; '.join(one.short)}", "not bold yellow")
    questions = Table.grid(padding=(0, 2, 0, 0))  # wrapped lines stay right of the number
    questions.add_column(justify="right", no_wrap=True)
    for number, q in enumerate(one.questions, 1):
        led = "no answer"
        if q.answer:
            led = f"answer {q.answer}, confidence {q.confidence:.2f}, next read {q.next_read:.2f}"
        about = "\n".join([", ".join([q.origin, *q.faults, led]), *q.reasons])
        text = Text(f"{_printable_text(q.text)}\n").append(f"{_printable_text(about)}", "dim")
        questions.add_row(str(number), text)
    related = [
        Text(
            _printable_text(f"   {r.article_id}, {r.relation}, next read {r.next_read:.2f}").plain,
            "dim",
        )
        for r in one.related
    ]
    return Group(head, questions, *related, Text())


def _quality_as_text(parts: ListQuality) -> str:
    return f"good {parts.good:.2f}, answered {parts.answered:.2f}, distinct {parts.distinct:.2f}"


def _text_bars(counts: Sequence[Tally], whole: int) -> Table | Text:
    if not counts:
        return Text("none", "dim")
    most = max(tally.count for tally in counts)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True, style="dim")
    table.add_column(no_wrap=True, style="cyan")
    for tally in counts:
        length = -(-MAX_BAR_CHARACTERS * tally.count // most) if most else 0
        share = percent(tally.count / whole) if whole else ""
        table.add_row(_printable_text(tally.name), f"{tally.count:,}", share, "█" * length)
    return table


def _text_table(*names: str, numbers: int) -> Table:
    """Return an empty table; the last ``numbers`` columns are right-aligned."""
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    for place, name in enumerate(names):
        right = place >= len(names) - numbers
        table.add_column(name, justify="right" if right else "left", no_wrap=right)
    return table


def _print_text_section(console: Console, title: str, content: Table | Text | Group) -> None:
    console.print()
    console.print(Text(title, "bold underline"))
    console.print(content)


def _printable_text(text: str) -> Text:
    """Return a text of the archive without what could steer the terminal or turn the line round."""
    return Text("".join(c if c.isprintable() or c == "\n" else " " for c in text))
