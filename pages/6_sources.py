"""Where the numbers come from, where every row went, and what is missing."""

from trustboard.ui.changes import show_changes
from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.methods import show_glossary, show_indicators
from trustboard.ui.silence import show_missing, show_publications_known
from trustboard.ui.sources import show_tables, show_where_from

city = here()
headline(
    "Sources and methods",
    "Every table, where each of its rows went, what is missing, and what the words mean.",
    kicker=city.city.name,
)
absent_files(city)
show_tables(city)
show_changes(city)
show_missing(city)
show_where_from(city)
show_publications_known(city)
show_indicators()
show_glossary()
