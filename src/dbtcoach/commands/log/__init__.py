"""``dbtcoach log``: what was kept, to list, read, search, delete and take along."""
