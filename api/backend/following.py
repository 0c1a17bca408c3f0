"""Following backend: serves the generation in use, and changes by itself to the one after it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from api.backend.protocol import Backend, BackendStatus, Completion, SuggestionRequest
from corpus.errors import ArchiveError
from corpus.models import Article
from corpus.progress import Say
from corpus.storage.archive import Archive
from index.types import SearchRequest, SearchResult
from recommender.types import Answer, Suggestions

POLL_SECONDS = 0.1  # between two looks at CURRENT and the store, of some 50 microseconds
_STOP_SECONDS = 5.0  # that stopping waits for a generation that is being opened

_BEHIND = "The newest index cannot be used, so an older one is served; the server's log says why."

OpenGeneration = Callable[[Path], Backend]
"""Opens the backend of one generation; ArchiveError where it cannot be used."""


class FollowingBackend:
    """Serves one generation, with what was written since, until another is in use and opened.

    Safe for several threads. A request that takes ``pinned`` once is answered by one generation. A
    generation that cannot be opened is left out with a message, and the one before serves on.
    """

    def __init__(self, archive: Archive, open_generation: OpenGeneration, say: Say) -> None:
        """Open the generation in use, or the first of the others that can be used.

        Parameters
        ----------
        archive
            The archive.
        open_generation
            Opens one of its generations.
        say
            Told of each change, and of what cannot be opened.

        Raises
        ------
        ArchiveError
            There is no generation, or none of them can be used: what is wrong with the first.
        """
        self._archive, self._open, self._say = archive, open_generation, say
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._message = ""
        self._tried: Path | None = None  # what CURRENT named at the last look
        self._backend = self._open_first_usable()

    def start(self) -> None:
        """Follow CURRENT from now on in a thread of its own."""
        self._thread = threading.Thread(target=self._follow, name="generation", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop following; what is served stays."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)

    def follow(self) -> bool:
        """Change to the generation in use if it is another one; return whether it did."""
        try:
            folder = self._archive.current_generation()
        except ArchiveError as error:
            self._note(str(error))
            return False
        if folder is None or folder == self._tried:
            return False
        self._tried = folder
        if folder.name == self._backend.status().generation:  # after a look at a damaged one
            self._message = ""
            return False
        try:
            backend = self._open(folder)
        except ArchiveError as error:
            if not folder.is_dir():  # replaced while it was opened: the next look sees by what
                self._tried = None
            self._note(f"{folder.name} cannot be used, {self._serving()} serves on: {error}")
            return False
        self._backend, self._message = backend, ""
        self._say(f"Serving {self._serving()} now")
        return True

    def refresh(self, max_changes: int | None = None) -> bool:
        return self._backend.refresh(max_changes)

    def pinned(self) -> Backend:
        return self._backend.pinned()

    def search(self, request: SearchRequest) -> SearchResult:
        return self._backend.search(request)

    def article(self, article_id: str) -> Article:
        return self._backend.article(article_id)

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return self._backend.articles(ids)

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Suggestions:
        return self._backend.suggestions(article_id, request)

    def preview(self, draft: Article, request: SuggestionRequest) -> Suggestions:
        return self._backend.preview(draft, request)

    def answer(self, text: str) -> Answer | None:
        return self._backend.answer(text)

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        return self._backend.complete(prefix, limit)

    def id_at(self, address: str) -> str | None:
        return self._backend.id_at(address)

    def version(self) -> str:
        return self._backend.version()

    def superseded_by(self, article_id: str) -> str | None:
        return self._backend.superseded_by(article_id)

    def status(self) -> BackendStatus:
        status = self._backend.status()
        # What is wrong names files of the server: it is for its log, not for whoever asks.
        return replace(status, message=_BEHIND) if self._message else status

    def _open_first_usable(self) -> Backend:
        """Return the backend of the first usable generation; say why those before it are not."""
        reason = ""
        try:
            self._tried = self._archive.current_generation()
        except ArchiveError as error:
            reason = str(error)
        failed: ArchiveError | None = None
        for folder in self._archive.usable_generations():
            try:
                backend = self._open(folder)
            except ArchiveError as error:
                failed = failed or error
                reason = reason or str(error)
                continue
            self._backend = backend
            if reason:
                self._note(f"Serving {self._serving()} instead of the one in use: {reason}")
            return backend
        raise failed or ArchiveError(
            reason
            or f"{self._archive.folder} has no index yet. Run `divedeeper ingest PATH`, then "
            "`divedeeper build`."
        )

    def _follow(self) -> None:
        while not self._stopped.wait(POLL_SECONDS):
            try:
                self.follow()
                self.refresh()
            except Exception as error:  # whatever it is, the server goes on and says so
                self._note(f"What was written could not be taken up: {error!r}")

    def _note(self, message: str) -> None:
        """Say ``message``, once until another one comes."""
        if message != self._message:
            self._message = message
            self._say(message)

    def _serving(self) -> str:
        return f"generation {self._backend.status().generation}"
