"""Did they do what they said? Every promise with its verdict, or its honest "cannot tell"."""

from trustboard.ui.frame import absent_files, headline, here
from trustboard.ui.promises import show_promises

city = here()
headline("Did they do what they said?", city.city.about, kicker=city.city.name)
absent_files(city)
show_promises(city)
