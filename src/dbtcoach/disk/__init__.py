"""Files of a person, handled safely: private, whole or not at all, one writer at a time."""
