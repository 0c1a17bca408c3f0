"""Settings from environment variables and a file; nothing else reads the environment."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from recommender.types import Scope, Unanswered

PREFIX = "DIVEDEEPER_"
SETTINGS_VARIABLE = "DIVEDEEPER_SETTINGS"
PageLanguage = Literal["en", "de", "es", "fr", "pt"]
"""Languages that the labels of our own pages are in."""
Openness = Literal["auto", "open", "keyed"]
AccessLog = Literal["text", "json", "none"]
LogLevel = Literal["critical", "error", "warning", "info", "debug", "trace"]


class SettingsError(Exception):
    """A setting cannot be used; one line for each, with the name of its variable."""


class Settings(BaseSettings):
    """Values that an operator sets, as ``DIVEDEEPER_…`` variables; frozen once read."""

    # An empty variable is one that a script forgot to fill: it counts as not set.
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    archive: Path = Field(default_factory=lambda: user_data_path("divedeeper", False) / "archive")
    """Folder of the archive; ``~`` is the home directory."""
    encoder: str = "auto"
    """auto: the packaged one where installed; none; or the folder of another."""
    freshness_half_life_days: float | None = Field(default=None, gt=0)
    """Days after which the advantage of a fresh check has halved; None: there is none."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    """0: any that is free."""
    log_level: LogLevel = "info"
    page_language: PageLanguage = "en"
    """Of pages whose article or visitor has a language without labels."""
    unanswered: Unanswered = "keep"
    """What becomes of editors' questions that nothing answers yet: keep, last or hide."""
    scope: Scope = "all"
    """all: suggest every publisher's articles; own: those of the page's own publisher."""

    time_zone: str = "UTC"
    """Of times that name none, such as a day of publication: Europe/Berlin."""

    reads: Openness = "open"
    """Searches and articles: open to everybody, or keyed. Writing always needs a key."""
    previews: Openness = "auto"
    """Drafts, explanations, documentation, metrics: open, keyed, or auto: open on this machine."""
    allowed_hosts: str = ""
    """Names by which the server may be called, with commas; empty: its own on this machine, any
    beyond it."""
    cors_origins: str = ""
    """Origins whose pages may read answers in a browser, with commas; * is every one."""
    frame_ancestors: str = "'self'"
    """Who may show our pages in a frame, as in a Content-Security-Policy."""
    requests_per_minute: int = Field(default=0, ge=0)
    """That one address may send; 0 is any number."""
    webhook_url: str = ""
    """Address that is told what changed; empty: none."""
    webhook_secret: str = ""
    """Signs what it is told; at least 16 characters."""
    webhook_private: bool = False
    """Whether that address may lead into a private network."""
    access_log: AccessLog = "text"
    """One line for each request, without what was typed: text, json, or none."""
    root_path: str = ""
    """Path below which a proxy shows this server: /factcheck; empty: that of the public address."""
    public_url: str = ""
    """Whole address at which readers reach this server: https://www.desk.example/factcheck."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Addresses and networks of proxies whose X-Forwarded-For and -Proto are believed."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that answer requests, from the same memory-mapped files."""
    cache_seconds: int = Field(default=60, ge=0, le=86_400)
    """That caches may keep what embedding pages ask for; they may show it while they renew it."""

    @field_validator("time_zone")
    @classmethod
    def _known_time_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no such time zone; write one as Europe/Berlin") from None
        return value

    @field_validator("root_path")
    @classmethod
    def _plain_path(cls, value: str) -> str:
        if not re.fullmatch(r"((/[A-Za-z0-9._~-]+)*)/?", value):
            raise ValueError("write a path of letters, digits and -._~, such as /factcheck")
        return value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*/?", value):
            raise ValueError("write a whole address, such as https://www.desk.example/factcheck")
        return value

    @field_validator("archive")
    @classmethod
    def _settings_home(cls, value: Path) -> Path:
        return Path(os.path.expanduser(value))  # Path's own raises for unknown users

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read a variable, else the settings file that ``DIVEDEEPER_SETTINGS`` names.

        Parameters
        ----------
        settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
            As pydantic-settings gives them; no ``.env`` and no secrets folder are read.

        Raises
        ------
        SettingsError
            The file cannot be read, or names a setting that there is not.
        """
        file = os.environ.get(SETTINGS_VARIABLE, "").strip()
        if not file:
            return init_settings, env_settings
        path = Path(os.path.expanduser(file))
        try:
            known = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: the settings cannot be read ({error})") from error
        if unknown := sorted(known.keys() - cls.model_fields.keys()):
            raise SettingsError(f"{path}: there is no setting {unknown[0]!r}")
        return init_settings, env_settings, InitSettingsSource(settings_cls, known)

    def as_environment(self) -> dict[str, str]:
        """Return the variables from which another process reads the same settings."""
        return {
            f"{PREFIX}{name.upper()}": str(value)
            for name, value in self.model_dump().items()
            if value is not None
        }

    @classmethod
    def read(cls, **options: object) -> Self:
        """Return the settings; an option that is not None wins over its variable.

        Raises
        ------
        SettingsError
            A value is not allowed.
        """
        try:
            return cls.model_validate(
                cls().model_dump() | {k: v for k, v in options.items() if v is not None}
            )
        except ValidationError as error:
            lines = (
                f"{PREFIX}{str(e['loc'][0]).upper()} is {e['input']!r}: {e['msg']}"
                for e in error.errors()
            )
            raise SettingsError("\n".join(lines)) from error
