"""PostgreSQL, Valkey and Vigil's own processes on one machine, with nothing installed beforehand.

Standard library only, and nothing of ours is imported: this package must work before Django does.
"""
