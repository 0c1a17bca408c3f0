"""`init` writes a settings file that is read, and touches none that is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from api.settings import SETTINGS_VARIABLE, Settings, SettingsError
from tests.api.cli.program import Run

RARE = ("freshness_half_life_days", "log_level", "unanswered", "scope", "webhook_private")


def options(tmp_path: Path, host: str = "127.0.0.1") -> list[object]:
    return ["--archive", tmp_path / 'a"b', "--host", host, "--site", "https://desk.example"]


def test_the_file_is_read_and_a_variable_wins(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "divedeeper.toml"
    ran = run("init", file, *options(tmp_path))
    assert ran.code == 0
    assert SETTINGS_VARIABLE in ran.out
    monkeypatch.setenv(SETTINGS_VARIABLE, str(file))
    found = Settings.read()
    assert found.archive == tmp_path / 'a"b'
    assert (found.host, found.cors_origins) == ("127.0.0.1", "https://desk.example")
    monkeypatch.setenv("DIVEDEEPER_HOST", "127.0.0.2")
    assert Settings.read().host == "127.0.0.2"
    assert Settings.read(host="127.0.0.3").host == "127.0.0.3"


def test_every_commented_line_is_a_setting_with_its_default(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "divedeeper.toml"
    run("init", file, *options(tmp_path))
    lines = [line.removeprefix("# ") for line in file.read_text().splitlines() if " = " in line]
    written = tomllib.loads("\n".join(lines))
    assert written.keys() <= Settings.model_fields.keys()
    # Of those that few need the documentation tells.
    assert Settings.model_fields.keys() - written.keys() == set(RARE)
    for name in written.keys() - {"archive", "host", "port", "cors_origins"}:
        assert written[name] == Settings.model_fields[name].default, name


def test_a_file_that_is_there_stays(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "divedeeper.toml"
    file.write_text("port = 1\n")
    assert run("init", file, *options(tmp_path)).code == 1
    assert file.read_text() == "port = 1\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [("port =", "cannot be read"), ("fly = 1", "no setting 'fly'"), ("port = 99999", "PORT")],
)
def test_a_wrong_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    (tmp_path / "s.toml").write_text(content)
    monkeypatch.setenv(SETTINGS_VARIABLE, str(tmp_path / "s.toml"))
    with pytest.raises(SettingsError, match=message):
        Settings.read()


def test_a_public_server_is_told_to_have_a_proxy(tmp_path: Path, run: Run) -> None:
    ran = run("init", tmp_path / "s.toml", *options(tmp_path, "0.0.0.0"))
    assert "proxy with TLS" in ran.err
