"""The entry of the console script."""

from __future__ import annotations


def main() -> None:
    """Run the program."""
    from dbtcoach.cli import run

    raise SystemExit(run())
