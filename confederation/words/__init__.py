"""Sentences about confederations."""
