"""``dbtcoach exercises``: for those who write exercises."""
