"""Checks a record of Folkmoot without trusting the server: standard library only, with arithmetic of its own.

Nothing here may import the application: what checks a house is not built from the house's own stones. Everything is
written from the design and the standards (RFC 6962, RFC 8032, RFC 8785, C2SP signed-note). Runs on Python 3.9 or newer.
"""
