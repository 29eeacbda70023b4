"""A Session becomes an Entry, and the Entry is kept in a file."""
