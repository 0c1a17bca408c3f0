"""The documentation names what there is: every command, every setting, every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from api.cli.main import app
from api.settings import PREFIX, Settings
from benchmarks.tables import PAGES, Tables, read_results, with_tables

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
PROSE = [*sorted(ROOT.glob("*.md")), ROOT / "benchmarks" / "README.md", *DOCS]
PATH = re.compile(r"`((?:corpus|index|recommender|api|tests|benchmarks)/[\w./-]*)`")
LAYERS = ("corpus", "index", "recommender", "api")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _commands(group: typer.Typer, before: str = "divedeeper") -> Iterator[tuple[str, str]]:
    """Yield the words that call each command, and its help."""
    for command in group.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        yield f"{before} {name}", command.help or command.callback.__doc__ or ""
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        assert inner.name
        yield from _commands(inner.typer_instance, f"{before} {inner.name}")


def test_every_command_stands_in_the_readme_and_has_help() -> None:
    commands = dict(_commands(app))
    assert {"divedeeper ingest", "divedeeper serve", "divedeeper evaluate search"} <= set(commands)
    for call, help in commands.items():
        assert call in README, f"{call} is missing in README.md"
        assert help.strip(), f"{call} has no help"


def test_every_option_has_help() -> None:
    def check(command: object, call: str) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            check(inner, f"{call} {name}")
        for parameter in getattr(command, "params", []):
            if not parameter.name.endswith("_completion"):
                assert getattr(parameter, "help", None), f"{call}: {parameter.name} has no help"

    check(typer.main.get_command(app), "divedeeper")


def test_every_setting_is_documented_for_operators() -> None:
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in told


def test_every_page_of_the_docs_is_linked() -> None:
    linked = {
        (page.parent / target).resolve()
        for page in (ROOT / "README.md", ROOT / "docs" / "README.md")
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    for page in DOCS:
        assert page.name == "README.md" or page in linked, f"link {page.name} in docs/README.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_say_what_the_results_say(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_tables(text, Tables(read_results())) == text, "run `make tables`"


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.name)
def test_prose_wraps_at_100_but_for_tables_and_code(page: Path) -> None:
    fenced = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fenced ^= line.startswith("```")
        assert fenced or line.startswith(("|", "```")) or len(line) <= 100, f"{page.name}:{number}"


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    for name in PATH.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{page.name}: {name}"


def test_the_architecture_has_a_heading_for_each_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent for layer in LAYERS for path in (ROOT / layer).glob("*/__init__.py")]
    assert len(rooms) > 20
    for room in rooms:
        assert f"\n### {room.relative_to(ROOT)}: " in text, room


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
