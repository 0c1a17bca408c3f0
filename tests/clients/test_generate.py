"""The clients speak today's API: the description and what was made from it are not behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clients.generate import DESCRIPTION, JS_TYPES, MARK, PYTHON_TYPES, description, digest

BEHIND = "run `make clients`"


def test_the_description_is_that_of_the_api() -> None:
    assert DESCRIPTION.read_text(encoding="utf-8") == description(), BEHIND


@pytest.mark.parametrize("file", [JS_TYPES, PYTHON_TYPES])
def test_types_are_made_from_it(file: Path) -> None:
    expected = MARK + digest(DESCRIPTION.read_text(encoding="utf-8"))
    assert expected in file.read_text(encoding="utf-8"), BEHIND


def test_every_route_of_the_api_is_called_by_both_clients() -> None:
    clients = PYTHON_TYPES.parent / "client.py", JS_TYPES.parent / "client.js"
    left_out = {"/healthz", "/oembed", "/v1/changes/stream"}  # for probes, embedders, EventSource
    for path in json.loads(description())["paths"].keys() - left_out:
        fixed = re.sub(r"\{id\}.*", "", path)
        for client in clients:
            assert fixed in client.read_text(encoding="utf-8"), f"{client.name}: {path}"


def test_operations_have_names_that_differ() -> None:
    paths = json.loads(description())["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(names) == len(set(names)) > 15
    assert all(name.isidentifier() for name in names)
