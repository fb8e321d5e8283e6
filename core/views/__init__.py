"""Views: they translate, and call one action."""
