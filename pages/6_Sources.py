"""Where the numbers come from, what was wrong with them, and how verdicts are made."""

from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.methods import show_glossary, show_indicators, show_verdict_words
from trustboard.ui.sources import show_missing, show_problems, show_tables

city = here()
headline(
    "Sources and methods",
    "Every table, where each of its rows went, what is missing, and what the words mean.",
    kicker=city.city.name,
)
absent_files(city)
show_tables(city)
show_problems(city)
show_missing(city)
show_verdict_words()
show_indicators()
show_glossary()
