"""The village whose people lose their keys."""

from tests.core.accounts.cast import make_village
from tests.scenes import scene

home = scene(make_village)
