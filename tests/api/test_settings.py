"""Settings come from the environment, options win, and a wrong one is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("DIVEDEEPER_")]:
        monkeypatch.delenv(name)


def test_defaults_are_of_this_machine_alone() -> None:
    settings = Settings.read()
    assert (settings.host, settings.port, settings.encoder) == ("127.0.0.1", 8000, "auto")
    assert settings.archive.name == "archive"
    assert settings.freshness_half_life_days is None


def test_an_option_wins_over_its_variable_and_none_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DIVEDEEPER_PORT", "9000")
    assert Settings.read(port=None).port == 9000
    assert Settings.read(port=0).port == 0
    monkeypatch.setenv("DIVEDEEPER_PORT", "")  # not filled in: not set
    assert Settings.read().port == 8000


def test_the_home_sign_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DIVEDEEPER_ARCHIVE", "~/checks")
    assert Settings.read().archive == tmp_path / "checks"
    assert Settings.read(archive=Path("~nobody-of-that-name/x")).archive.parts[-1] == "x"


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "70000"), ("LOG_LEVEL", "loud"), ("FRESHNESS_HALF_LIFE_DAYS", "0")]
)
def test_a_wrong_value_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DIVEDEEPER_{name}", value)
    with pytest.raises(SettingsError, match=f"DIVEDEEPER_{name} is '{value}'"):
        Settings.read()


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.read().port = 1
