"""The Typer tree, one file a command: its options, and what it does."""
