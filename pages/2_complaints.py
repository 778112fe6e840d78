"""Complaints: how many, about what, by whom."""

from trustboard.ui.filters import filter_bar
from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.own_words import show_own_words
from trustboard.ui.topics import (
    bars_by,
    counts_by,
    lines_by,
    panels_by,
    published_instead,
    unread_documents,
)

city = here()
headline(
    "Complaints against police",
    "What residents reported. More complaints can mean more misconduct, or more trust that a "
    "complaint is worth making; the numbers alone cannot tell which.",
    kicker=city.city.name,
)
absent_files(city)
view = filter_bar(city, needs="complaints")
received = "complaints-received"
if view and counts_by(city, view, received, "year"):
    counts_by(city, view, received, "month", question="And month by month?", repeat=True)
    if view.show == "counts":
        lines_by(city, view, "complaints-per-10000")
    bars_by(city, view, received, "category", question="What are complaints about?")
    panels_by(city, view, received, "category", question="How did each kind of complaint develop?")
    lines_by(city, view, received, group="filed_by", question="Who files the complaints?")
    show_own_words(city, ["category", "filed_by"])
unread_documents(city, "complaints")
published_instead(city, ["complaints"], question="Which figures about complaints were printed?")
