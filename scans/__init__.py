"""Scanners nobody here wrote, each by one word: `./folkmoot scan`. See docs/security/scanning.md."""
