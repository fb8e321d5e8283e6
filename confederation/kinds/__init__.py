"""The kinds of proposals about confederations, and what adopting each one does: one file for each noun."""
