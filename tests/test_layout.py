"""The architecture as assertions: corpus <- index <- recommender <- api, never back."""

from __future__ import annotations

import ast
from pathlib import Path

LAYERS = ("corpus", "index", "recommender", "api")
ROOT = Path(__file__).resolve().parent.parent


def _imports(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_no_layer_imports_one_to_its_right() -> None:
    for place, layer in enumerate(LAYERS):
        files = list((ROOT / layer).rglob("*.py"))
        assert files
        for file in files:
            assert not _imports(file) & set(LAYERS[place + 1 :]), file


def test_only_the_doors_know_the_web_framework() -> None:
    for layer in LAYERS[:-1]:
        for file in (ROOT / layer).rglob("*.py"):
            assert not _imports(file) & {"fastapi", "pydantic", "typer"}, file


def test_no_file_holds_more_than_one_idea() -> None:
    for layer in LAYERS:
        for file in (ROOT / layer).rglob("*.py"):
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file
