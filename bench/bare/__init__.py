"""A bare Django application with our middleware and one INSERT: what the web server can do at all."""
