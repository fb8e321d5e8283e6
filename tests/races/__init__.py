"""Races on a real PostgreSQL: contested moments, many times over. Run: python -m tests.races --rounds 10000"""
