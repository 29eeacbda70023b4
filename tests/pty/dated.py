"""The program with a clock that stands: ``python dated.py TIME ARGUMENT...``, TIME with its offset."""

from __future__ import annotations

import sys
from datetime import datetime, tzinfo

from dbtcoach.overture import main
from dbtcoach.world import surroundings

AT = datetime.fromisoformat(sys.argv.pop(1))


class Standing(datetime):
    """A datetime whose present never passes."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Standing:
        """Return the time that was given."""
        return cls.fromisoformat(AT.isoformat()).astimezone(tz or AT.tzinfo)

    def astimezone(self, tz: tzinfo | None = None) -> Standing:
        """Return the same moment; what is asked for the zone here gets the one that was given."""
        return super().astimezone(tz or AT.tzinfo)


vars(surroundings)["datetime"] = Standing
main()
