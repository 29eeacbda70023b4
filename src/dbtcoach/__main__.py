"""``python -m dbtcoach``, where no console script is in the path."""

from dbtcoach.overture import main

if __name__ == "__main__":
    main()
