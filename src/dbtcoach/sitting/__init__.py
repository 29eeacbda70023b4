"""One sitting: an exercise is begun or gone on with, drafted, ended, and saved."""
