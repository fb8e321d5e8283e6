"""The house's own settings, with the bare addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare.urls"
