"""Entries become numbers, and numbers become pictures."""
