"""YAML text becomes an Exercise."""
