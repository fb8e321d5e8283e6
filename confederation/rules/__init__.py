"""Arithmetic of confederations, without Django."""
