"""The council in which people come and go."""

from tests.core.people.cast import make_street
from tests.scenes import scene

street = scene(make_street)
