"""The tests of foundings, without a server or a browser."""
