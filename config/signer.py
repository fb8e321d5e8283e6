"""The signer of `./folkmoot run`: a process of its own. On servers: python -m django sign --loop."""

import os

import django
from django.core.management import call_command

from house.linux import name_process


def main() -> None:
    """Sign until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    name_process("folkmoot-signer")
    django.setup()
    call_command("sign", "--loop")


if __name__ == "__main__":
    main()
