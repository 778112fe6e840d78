"""The wire: how requests leave this machine, and what is let in."""
