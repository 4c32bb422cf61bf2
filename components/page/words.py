"""Plain words for what an event says, and for what was done with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.model.event import Mode, Role

if TYPE_CHECKING:
    from components.model.draft import Change

MODE_MEANING = {
    Mode.HAPPENED: "reported as having happened",
    Mode.ONGOING: "reported as going on when this was published",
    Mode.PLANNED: "announced, had not happened when this was published",
    Mode.DEMANDED: "a demand, not a happening",
    Mode.CLAIMED: "said by one party; the article does not confirm it",
    Mode.DENIED: "said not to be so by one party",
}
ROLE_WORDS = {
    Role.EVENT: "where it is",
    Role.TOPIC: "what it is about, not where it is",
    Role.DESTINATION: "where it leads to",
}


def about(change: Change) -> str:
    """Return the title of what an entry of the log is about, before and after."""
    titles = [
        json.loads(record).get("title", "") if record else ""
        for record in (change.before, change.after)
    ]
    told = list(dict.fromkeys(title for title in titles if title))
    return " \N{RIGHTWARDS ARROW} ".join(told) or change.draft
