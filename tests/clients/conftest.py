"""A real server over the sample archive, below a path, with a key for each scope."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.api.cli.program import ROOT
from tests.api.served import served

sys.path.insert(0, str(ROOT / "clients" / "python"))


class Server(NamedTuple):
    """Where it is, and keys for it."""

    address: str
    write_key: str
    preview_key: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clients")
    with served(folder, previews="keyed", root_path="/checks", log_level="warning") as running:
        yield Server(running.address, running.key("write"), running.key("preview"))
