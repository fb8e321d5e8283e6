"""Pure arithmetic of governing: dataclasses in, dataclass out, integers throughout, no Django."""
