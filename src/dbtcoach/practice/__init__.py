"""An Exercise is played and becomes a Session: pure, with no printing, no clock and no files."""
