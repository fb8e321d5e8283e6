"""The valley of these tests."""

from tests.confederation.valley import make_valley
from tests.scenes import scene

valley = scene(make_valley)
