"""`mcp` says what is missing before it does anything."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.program import Run


def test_without_the_package_it_names_the_remedy(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_mcp(name: str, *rest: Any) -> Any:
        if name.startswith("api.mcp"):
            raise ModuleNotFoundError("No module named 'mcp'", name="mcp")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_mcp)
    ran = run("mcp", "--archive", tmp_path)
    assert ran.code == 1
    assert "divedeeper[mcp]" in ran.err
    assert ran.out == ""
