"""Taking locks out one by one: each can be taken out, and is back afterwards."""

from core.locks import lock
from core.models import Body
from house.places import CLONE
from tests import village
from tests.core.actions.scene import spoken, undone
from tests.races.without import Lock, locks, without


def says(body: Body) -> bool:
    """Whether locking a body is in its SQL."""
    with undone(), spoken() as heard:
        lock(body)
    return any("FOR NO KEY UPDATE" in statement for statement in heard)


def test_each_can_be_taken_out_line_for_line() -> None:
    found = list(locks())
    assert len(found) > 90
    for each in found:
        source = (CLONE / each.path).read_text()
        other = without(each, source)
        compile(other, each.path, "exec")
        changed = [n for n, (a, b) in enumerate(zip(source.splitlines(), other.splitlines(), strict=True), 1) if a != b]
        assert changed == [each.line], each


def test_what_was_taken_out_is_back_afterwards(db: None) -> None:
    body = village.make_council("Alder Street", village.make_people("ana", "bruno", "eva"))
    place: Lock = next(each for each in locks() if each.path == "core/locks.py" and 'OF "{table}"' in each.words)

    with place.taken_out():
        assert not says(body)

    assert says(body)
