"""A terminal coach for DBT skills: exercises are YAML, answers stay in a journal on this computer."""

__version__ = "0.1.0"
