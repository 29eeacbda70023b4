"""Reads what somebody wrote and says how it will land: text in, notes out. No file, no clock, no screen."""
