"""Public functions with three parameters or more have a Parameters section.

ruff's D417 and DOC102 hold that a section names every parameter and no other. Not asked of commands
and endpoints, whose docstrings users read as help (each of their parameters has help of its own),
of properties that a protocol documents once, and of what is nested or private.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("corpus", "index", "recommender", "api", "benchmarks")
MIN_PARAMETERS = 3  # fewer are said by the first line
INHERITED = {"override"}
ENDPOINTS = {"command", "callback", "get", "post", "put", "delete", "exception_handler"}
HELP = ("Option", "Argument", "Query")  # in annotations: a parameter that has help for users

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _public_functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield public functions and methods of public classes by name."""
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node.name, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def _decorators(function: Function) -> set[str]:
    """Return the last names of the decorators: ``get`` of ``@router.get("/")``."""
    calls = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return {c.attr if isinstance(c, ast.Attribute) else getattr(c, "id", "") for c in calls}


def _parameters(function: Function) -> list[str]:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls") and not name.startswith("_")]


def _is_for_users(function: Function) -> bool:
    """Return whether a function is a command or an endpoint."""
    annotations = (a.annotation for a in (*function.args.args, *function.args.kwonlyargs))
    written = " ".join(ast.unparse(one) for one in annotations if one is not None)
    return any(word in written for word in HELP) or bool(_decorators(function) & ENDPOINTS)


def without_section(source: str) -> list[str]:
    """Return the public functions of a module that should have a Parameters section."""
    return [
        name
        for name, function in _public_functions(ast.parse(source))
        if len(_parameters(function)) >= MIN_PARAMETERS
        and not _is_for_users(function)
        and not _decorators(function) & INHERITED
        and (doc := ast.get_docstring(function)) is not None
        and "Parameters\n----------" not in doc
    ]


def test_the_check_finds_what_it_is_for() -> None:
    source = '''
def two(a, b):
    """Two."""

def three(a, b, c):
    """Three."""

def described(a, b, c):
    """Described.

    Parameters
    ----------
    a, b, c
        Numbers.
    """

def _private(a, b, c):
    """Private."""

@router.get("/")
def endpoint(a, b, c):
    """Help."""

class Index:
    """Index."""

    def find(self, a, b, *, c):
        """Find."""
'''
    assert without_section(source) == ["three", "Index.find"]


@pytest.mark.parametrize("layer", LAYERS)
def test_public_functions_with_three_parameters_describe_them(layer: str) -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / layer).rglob("*.py"))
        for name in without_section(path.read_text(encoding="utf-8"))
    ]
    assert not missing, "\n".join(missing)
