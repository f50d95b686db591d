"""How long jobs tell what they are doing, without knowing who listens or in what language."""

from typing import Protocol


class Say(Protocol):
    """Take note that the step named by a text id begins; it ends where the next one begins."""

    def __call__(self, key: str, /, **values: object) -> None:
        """Begin the step `key`."""


def silent(_key: str, /, **_values: object) -> None:
    """Listen to nothing: the default where nobody watches."""
