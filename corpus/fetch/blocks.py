"""What was read at an address that is followed, and what keeps that it was taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.fetch.subscriptions import Item, Subscription, Subscriptions
from corpus.readers.record import Record


@dataclass(frozen=True, slots=True)
class Block:
    """Records that were read, and the identity keys of what is gone.

    ``confirm`` keeps that they were taken over; call it when they are on disk, and not before:
    what was not confirmed is read again.
    """

    records: list[Record]
    gone: tuple[str, ...]
    confirm: Callable[[], None]


class Following:
    """A subscription while its address is read, and the place where its state is kept."""

    def __init__(self, subscription: Subscription, subscriptions: Subscriptions) -> None:
        self.subscription = subscription
        self._subscriptions = subscriptions

    def item(self, key: str) -> Item | None:
        """Return what was taken over of a key before, None for nothing."""
        return self._subscriptions.item(self.subscription, key)

    def missing(self, there: Iterable[str]) -> list[str]:
        """Return the keys that were taken over and are not among those that are there."""
        present = frozenset(there)
        return [k for k in self._subscriptions.keys(self.subscription) if k not in present]

    def block(
        self,
        after: Subscription,
        records: list[Record],
        items: Iterable[Item] = (),
        gone: Iterable[str] = (),
    ) -> Block:
        """Return a block.

        Parameters
        ----------
        after
            The subscription once the block is confirmed.
        records
            What was read.
        items
            What is taken over with it.
        gone
            Identity keys of what is there no more.
        """
        kept, lost = tuple(items), tuple(gone)

        def confirm() -> None:
            self.subscription = after
            self._subscriptions.save(after, kept, lost)

        return Block(records, lost, confirm)
