"""The generator of Riverbend, an invented city: one module per table it publishes."""
