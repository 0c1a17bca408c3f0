"""Where the archive is: the only reader of the environment."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Values that an operator sets, as ``DIVEDEEPER_…`` variables; frozen once read."""

    model_config = SettingsConfigDict(env_prefix="DIVEDEEPER_", frozen=True)

    archive: Path = Field(default_factory=lambda: user_data_path("divedeeper", False) / "archive")
    encoder: str = "auto"
    """auto: the packaged one where installed; none; or the folder of another."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
