"""A street with a signer of its own, which works as the signer's role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from core.signer.folder import SignerFolder
from core.signer.loop import Signer
from tests.core.actions.scene import make_street
from tests.scenes import scene

street = scene(make_street)


@contextmanager
def as_signer() -> Iterator[None]:
    """What happens inside is done with the rights of the signer's role."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_SIGNER_ROLE}")
        yield
        cursor.execute("RESET ROLE")


class TestSigner(Signer):
    """A signer that may do what its role may, and looks at everything in each pass."""

    __test__ = False

    def one_pass(self) -> bool:
        """As if it had just been started."""
        self.__init__(self.folder)  # type: ignore[misc]
        with as_signer():
            return super().one_pass()


@contextmanager
def unguarded(*tables: str) -> Iterator[Any]:
    """What the owner can do and nobody else: change what is only ever added to."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def signer(signer_folder: SignerFolder) -> TestSigner:
    """The signer of this test."""
    return TestSigner(signer_folder)
