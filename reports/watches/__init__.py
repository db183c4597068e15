"""Saved searches: a question to the record that somebody wants to be told of.

asking    a question as it is kept · changes   what is new to it between two tips of the record
watching  save, confirm, change, delete · planning  alerts that are due
"""
