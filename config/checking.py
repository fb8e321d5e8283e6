"""Settings for tools that read the code and serve nobody (the type checker)."""

import os

os.environ["FOLKMOOT_PLACEHOLDERS"] = "1"

from config.settings import *  # noqa: F403
