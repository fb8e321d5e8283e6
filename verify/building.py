"""Packs the verifier into one file. The same sources make the same bytes, on every machine and at any time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

VERIFIER = "folkmoot-verify.pyz"
HERE = Path(__file__).parent
START = b"#!/usr/bin/env python3\n"
LAUNCH = "import sys\n\nfrom verify.__main__ import main\n\nsys.exit(main())\n"
ANY_DAY = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def pyz() -> bytes:
    """The bytes of folkmoot-verify.pyz: not compressed, because compressors differ."""
    files = {path.relative_to(HERE.parent).as_posix(): path.read_bytes() for path in sorted(HERE.rglob("*.py"))}
    packed = io.BytesIO()
    packed.write(START)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({**files, "__main__.py": LAUNCH.encode()}.items()):
            entry = zipfile.ZipInfo(name, ANY_DAY)
            entry.create_system, entry.external_attr = 3, READABLE
            archive.writestr(entry, content)
    return packed.getvalue()
