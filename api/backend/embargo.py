"""Embargo clock: publishes articles when their hour comes, while a server runs."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.progress import Say
from corpus.storage.store import Store

LOOK_SECONDS = 5.0  # between two looks at the embargoes, of some 20 microseconds


class EmbargoClock:
    """Publishes what is due in the store of an archive, in a thread of its own."""

    def __init__(self, store_path: Path, say: Say) -> None:
        """Keep the store's path; ``say`` is told of what is published and what fails."""
        self._path, self._say = store_path, say
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embargo", daemon=True)
        self._message = ""

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking, and wait until a look is over."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(LOOK_SECONDS)

    def look(self) -> list[str]:
        """Publish what is due now; return the ids, in order."""
        with Store.open(self._path) as store:
            published = store.publish_due(datetime.now(UTC))
        if published:
            self._say(f"Published, their embargo being over: {', '.join(published)}")
        return published

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self.look()
                self._message = ""
            except ArchiveError as error:  # a full disk, a folder for reading only: said once
                if str(error) != self._message:
                    self._message = str(error)
                    self._say(f"Embargoes cannot be ended: {error}")
