"""``dbtcoach data``: where a person's things are, who can read them, and how to be rid of them."""
