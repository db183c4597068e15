"""What feeds of every room share."""

import datetime as dt

from django.utils.feedgenerator import Atom1Feed

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class SteadyAtom(Atom1Feed):
    """Atom that is the same to the byte while nothing happens."""

    def latest_post_date(self) -> dt.datetime:
        """The newest entry's moment; a feed without any does not tell the clock instead."""
        return super().latest_post_date() if self.items else NEVER
