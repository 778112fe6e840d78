"""Outcomes: what became of complaints."""

from trustboard.ui.filters import filter_bar
from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.own_words import show_own_words
from trustboard.ui.topics import bars_by, lines_by, published_instead, unread_documents

city = here()
headline(
    "What became of complaints",
    "Findings, time and discipline. Complaints are grouped by the day they were filed, so that "
    "recent ones, many of them still open, are not mistaken for a change.",
    kicker=city.city.name,
)
absent_files(city)
view = filter_bar(city, needs="complaints")
if view:
    lines_by(city, view, "sustained-within-12-months")
    lines_by(city, view, "findings")
    lines_by(city, view, "days-to-close")
    lines_by(city, view, "closed-within-180-days")
    lines_by(city, view, "still-open")
    bars_by(city, view, "open-case-age", "age")
    lines_by(city, view, "discipline-after-sustained")
    lines_by(
        city,
        view,
        "sustained-within-12-months",
        group="filed_by",
        question="Does it differ by who filed?",
    )
    show_own_words(city, ["finding", "discipline"])
unread_documents(city, "outcomes")
published_instead(
    city,
    ["outcomes", "discipline", "oversight", "deadly force", "fatal shootings", "use of force"],
    question="Which figures about outcomes were printed?",
)
