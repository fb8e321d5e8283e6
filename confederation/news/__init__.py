"""News of confederations, as core's post delivers it: one file for each noun."""
