"""Records of real histories, as their members and the public get them, and what the verifier says of them."""

from collections.abc import Iterable

from core.models import Body, Person
from core.queries.record_files import get_members_file, get_public_file
from verify.checking import check
from verify.findings import Findings
from verify.signatures import Signed


def members_file(body: Body, person: Person | None = None) -> list[bytes]:
    """The members' file, line by line."""
    return [line.encode() for line in get_members_file(body, person)]


def public_file(body: Body) -> list[bytes]:
    """The public file, line by line."""
    return [line.encode() for line in get_public_file(body)]


def found(file: Iterable[bytes], outside: Signed | None = None) -> Findings:
    """What the verifier finds."""
    return check(list(file), outside)


def assert_whole(body: Body, person: Person | None = None) -> Findings:
    """Nothing is wrong with either file; the findings of the members' file."""
    findings = found(members_file(body, person))
    assert findings.broken == []
    assert found(public_file(body)).broken == []
    return findings
