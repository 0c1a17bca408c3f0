"""The JavaScript client, by the test runner of Node: alone, and against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.cli.program import ROOT
from tests.clients.conftest import Server

TESTS = ROOT / "tests" / "clients" / "js"
SOURCES = ROOT / "clients" / "js"
NODE = shutil.which("node")


def node_version() -> int:
    """Return the major version of Node, 0 where it is not installed."""
    if not NODE:
        return 0
    told = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.lstrip("v").split(".")[0])


needs_node = pytest.mark.skipif(node_version() < 20, reason="node from 20 on is not installed")


def passed(file: Path, environment: dict[str, str]) -> int:
    """Run the tests of a file; return how many passed, and fail with their output if one did."""
    ran = subprocess.run(
        [str(NODE), "--test", "--test-reporter=tap", str(file)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found = re.search(r"^# pass (\d+)$", ran.stdout, re.MULTILINE)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert found
    return int(found[1])


@needs_node
def test_what_is_sent_again_and_given_up() -> None:
    assert passed(TESTS / "transport.test.js", {}) >= 8


@needs_node
@pytest.mark.slow
def test_every_call_against_a_real_server(server: Server) -> None:
    environment = {
        "SERVER": server.address,
        "WRITE_KEY": server.write_key,
        "PREVIEW_KEY": server.preview_key,
    }
    assert passed(TESTS / "server.test.js", environment) >= 5


def test_it_depends_on_nothing_and_imports_only_itself() -> None:
    package = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    assert not {"dependencies", "peerDependencies"} & package.keys()
    for file in (SOURCES / "src").glob("*.js"):
        for name in re.findall(r'from "([^"]+)"', file.read_text(encoding="utf-8")):
            assert (file.parent / name).is_file(), f"{file.name}: {name}"
