"""Outreach: contact that is not enforcement, as far as it is documented."""

from trustboard.ui.events import show_events
from trustboard.ui.filters import filter_bar
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
view = filter_bar(city, needs="outreach")
if view and counts_by(city, view, "outreach-events", "year"):
    lines_by(city, view, "places-reached", "quarter")
    counts_by(city, view, "months-without-event", "year")
    where_outreach_goes(city, view)
    bars_by(city, view, "outreach-events", "event_kind", question="What kinds of event were held?")
if view:
    show_events(city, view)
unread_documents(city, "outreach")
published_instead(city, ["outreach", "trust"], question="Which figures on this were printed?")
