"""Measurements against plain ways of doing the same, in one run: `make bench`."""
