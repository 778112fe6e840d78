"""One module per indicator. Adding a file with an `INDICATOR` adds it everywhere."""
