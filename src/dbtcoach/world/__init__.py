"""What a run finds around it: settings, keys, streams, clock, help lines."""
