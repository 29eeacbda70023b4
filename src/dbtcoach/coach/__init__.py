"""A text is read and becomes Notes: pure, with rules as data."""
