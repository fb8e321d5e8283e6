"""Pages of confederations: short views, one file for each noun."""
