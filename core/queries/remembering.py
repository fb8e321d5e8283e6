"""While a page is put together, what several permissions ask for is read once. Never around an action."""

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Generator[None]:
    """Inside, `remembered` asks once for each key. For reading only: an action must judge what it has locked."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remembered(key: Hashable, read: Callable[[], Answer]) -> Answer:
    """What `read` answers, kept until the page is put together; outside of `remembering` always read anew."""
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    answer: Answer = known[key]
    return answer
