"""The web, as a system user and database role of its own, is refused what belongs to owner and signer."""

import pytest

from faults.separate_users import ATTEMPTS, look, separate_house

pytestmark = pytest.mark.slow


def test_the_web_is_refused_the_owners_tables_and_the_signers_keys() -> None:
    with separate_house() as house:
        cases = look(house)

    assert len(cases) > len(ATTEMPTS)
    assert [case for case in cases if not case.held] == []
