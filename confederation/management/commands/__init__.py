"""Commands that tell of all pillars."""
