"""Pure arithmetic of councils: no Django."""
