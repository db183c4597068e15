"""The seed: Vigil's own first data, kept as YAML in `data/` and loaded by `manage.py seed`.

docs/seed.md says how it is loaded, graded and updated.
"""
