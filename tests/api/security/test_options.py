"""Settings decide who may do what; a server for this machine is called by its names alone."""

from __future__ import annotations

from pathlib import Path

from api.security.options import access_options
from api.settings import Settings


def test_a_local_server_answers_to_local_names_alone(tmp_path: Path) -> None:
    found = access_options(Settings.read(host="127.0.0.1"), tmp_path)
    assert "localhost" in found.allowed_hosts
    assert "*" not in found.allowed_hosts
    assert found.policy.is_local


def test_a_public_server_answers_to_any_name_or_to_those_that_are_set(tmp_path: Path) -> None:
    assert access_options(Settings.read(host="0.0.0.0"), tmp_path).allowed_hosts == ("*",)
    settings = Settings.read(
        host="0.0.0.0", allowed_hosts="a.example, *.b.example", cors_origins="https://a.example"
    )
    found = access_options(settings, tmp_path)
    assert found.allowed_hosts == ("a.example", "*.b.example")
    assert found.cors_origins == ("https://a.example",)
    assert not found.policy.is_local
