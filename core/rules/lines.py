"""Names and titles are one line: they stand in lists, subjects of mails and lines of the record."""

import re

UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb]"
    "|(?:^|(?<=[\u0000-\u024f\u200c\u200d]))[\u200c\u200d]+|[\u200c\u200d]+$"
)
"""Control signs, those that turn the direction of what stands beside a name, and those that take no room: with them
two names that look the same could differ. Joiners stay within scripts that need them, not after Latin letters."""


def one_line(text: str) -> str:
    """The text without line breaks, double blanks and unseen signs."""
    return " ".join(UNSEEN.sub("", text.strip()).split())
