"""Sealed files: keys of readers and files, the store of seals, the second wall in the database (docs/sealed.md)."""
