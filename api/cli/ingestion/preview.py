"""Articles as tables in a terminal: what a dry run would make of the first records."""

from __future__ import annotations

from rich.table import Table

from api.cli.output import out, visible
from corpus.models import Article
from corpus.serialization import article_to_dict

MAX_SHOWN_RECORDS = 3
MAX_SHOWN_CHARACTERS = 300  # of a value


def show_records(articles: tuple[Article, ...]) -> None:
    """Print the fields of the first records, those with a value; long ones are cut."""
    for article in articles[:MAX_SHOWN_RECORDS]:
        table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
        for name, value in _shown_fields(article).items():
            table.add_row(name, visible(value))
        out.print(table)
        out.print()


def _shown_fields(article: Article) -> dict[str, str]:
    values = article_to_dict(article) | {"sections": article.body, "sources": len(article.sources)}
    shown = {}
    for name, value in values.items():
        if value in ("", [], None, {}, 0):
            continue
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        one_line = " ".join(text.split())
        cut = len(one_line) > MAX_SHOWN_CHARACTERS
        shown[name] = one_line[:MAX_SHOWN_CHARACTERS] + ("…" if cut else "")
    return shown
