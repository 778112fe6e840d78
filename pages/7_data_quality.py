"""What is wrong with the data, and what is done about it."""

from trustboard.ui.frame import absent_files, here
from trustboard.ui.quality import show_quality

city = here()
absent_files(city)
show_quality(city)
