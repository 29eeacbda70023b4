"""Words of the shipped exercises that show before anything is read; written by a command."""
