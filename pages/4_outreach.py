"""Outreach: contact that is not enforcement, as far as it is documented."""

from trustboard.ui.events import show_events
from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.topics import (
    bars_by,
    counts_by,
    lines_by,
    published_instead,
    unread_documents,
    where_outreach_goes,
)

city = here()
headline(
    "Contact that is not enforcement",
    "Meetings, visits, walks, talks. An event counts only with a date, a kind and a source; how "
    "events are spread over the city says more than how many there were.",
    kicker=city.city.name,
)
absent_files(city)
if counts_by(city, "outreach-events", "year"):
    lines_by(city, "places-reached", "quarter")
    counts_by(city, "months-without-event", "year")
    where_outreach_goes(city)
    bars_by(city, "outreach-events", "event_kind", question="What kinds of event were held?")
show_events(city)
unread_documents(city, "outreach")
published_instead(city, ["outreach", "trust"], question="Which figures on this were printed?")
