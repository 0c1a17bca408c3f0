"""Keys are made, listed and removed; a secret is shown once."""

from __future__ import annotations

from pathlib import Path

from api.security import KeyRing
from tests.api.cli.program import Run


def test_a_key_is_made_listed_and_removed(tmp_path: Path, run: Run) -> None:
    place = ("--archive", tmp_path)
    made = run("keys", "add", "cms", "--scope", "write", "--scope", "read", *place, "--json").json
    assert KeyRing(tmp_path).scopes_of(made["key"]) == {"read", "write"}
    listed = run("keys", "list", *place)
    assert "cms" in listed.out
    assert made["key"] not in listed.out
    assert run("keys", "list", *place, "--json").json[0]["scopes"] == ["read", "write"]
    assert run("keys", "add", "cms", "--scope", "read", *place).code == 1
    assert run("keys", "remove", "cms", *place).code == 0
    assert run("keys", "remove", "cms", *place).code == 1
    assert "no keys" in run("keys", "list", *place).err
    assert run("keys", "add", "x", "--scope", "fly", *place).code == 1
    assert run("keys", "list", "--archive", tmp_path / "none").code == 1
