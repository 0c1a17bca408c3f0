"""Keys open what they allow, are kept as hashes, and open nothing when they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.security.keys import NAME, PREFIX, KeyRing, new_key
from corpus.errors import ArchiveError


def test_a_key_allows_its_scopes_in_every_process(tmp_path: Path) -> None:
    ring, other = KeyRing(tmp_path), KeyRing(tmp_path)
    assert other.keys() == ()
    secret, key = new_key("cms", ["write", "read"])
    ring.add(key)
    assert other.scopes_of(secret) == {"write", "read"}
    assert other.scopes_of(secret + "x") == set()
    assert other.scopes_of("") == set()
    assert ring.remove("cms")
    assert not ring.remove("cms")
    assert other.scopes_of(secret) == set()


def test_the_secret_is_in_no_file_and_the_file_is_for_its_owner(tmp_path: Path) -> None:
    secret, key = new_key("cms", ["write"])
    KeyRing(tmp_path).add(key)
    path = tmp_path / NAME
    assert secret.startswith(PREFIX)
    assert len(secret) > 40
    assert secret not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.add(new_key("cms", ["read"])[1])
    with pytest.raises(ValueError, match="already"):
        ring.add(new_key("cms", ["read"])[1])
    for name, scopes in (("", ["read"]), ("a\nb", ["read"]), ("a", ["fly"]), ("a", [])):
        with pytest.raises(ValueError, match=r"scope|name"):
            new_key(name, scopes)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 9, "keys": []}'])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    with pytest.raises(ArchiveError, match="keys cannot be read"):
        KeyRing(tmp_path).scopes_of("dd_x")
