"""The signer: what it keeps in its folder, what it signs, and the loop that does it (DESIGN section 8)."""
