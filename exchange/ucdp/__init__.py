"""UCDP GED: reading the official event file (CC BY 4.0). See docs/import-ucdp.md."""
