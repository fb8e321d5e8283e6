"""Pure arithmetic of the councils: no Django."""
