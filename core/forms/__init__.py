"""Forms: the shape of input; they validate and never save."""
