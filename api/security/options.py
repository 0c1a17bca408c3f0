"""Access options of a server: what is open, to whom, under which names, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from api.security.keys import KeyRing
from api.security.scopes import AccessPolicy, is_local_host
from api.settings import Settings

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class AccessOptions:
    """Of one server. ``allowed_hosts`` and ``cors_origins`` may hold ``*``."""

    policy: AccessPolicy = field(default_factory=AccessPolicy)
    keys: KeyRing | None = None
    allowed_hosts: tuple[str, ...] = ("*",)
    cors_origins: tuple[str, ...] = ()
    requests_per_minute: int = 0


def access_options(settings: Settings, folder: Path) -> AccessOptions:
    """Return what settings say for the archive in ``folder``, whose keys are read.

    A server for this machine alone is called by names of this machine: a page of another site could
    otherwise read it through a browser, by a name that leads here.
    """
    is_local = is_local_host(settings.host)
    hosts = _listed(settings.allowed_hosts)
    if not hosts:
        hosts = _LOCAL_NAMES if is_local else ("*",)
    return AccessOptions(
        policy=AccessPolicy(settings.reads, settings.previews, is_local),
        keys=KeyRing(folder),
        allowed_hosts=hosts,
        cors_origins=_listed(settings.cors_origins),
        requests_per_minute=settings.requests_per_minute,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
