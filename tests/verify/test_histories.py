"""Honest histories: whatever a body does, its record holds."""

import pytest

from tests import village
from tests.core.actions.scene import Street, make_street
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

street = scene(make_street)


def test_a_decision_is_recounted_ballot_by_ballot(street: Street) -> None:
    village.decide(street.body, street.members, street.ana)

    findings = assert_whole(street.body, street.ana)

    assert findings.checked["recounted"] == 1
    assert findings.checked["decisions"] == 1
    assert findings.checked["texts"] == 4
