"""Names and titles are one line: they stand in lists, subjects of mails and lines of the record."""

import re

UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control signs, and those that turn the direction of what stands beside a name."""


def one_line(text: str) -> str:
    """The text without line breaks, double blanks and unseen signs."""
    return " ".join(UNSEEN.sub("", text).split())
