"""One small desk for every reference noun: declared once, edited with the same rules.

`ReferenceDesk` declares a noun with its form and its rows (aliases, memberships, phases …).
`saving` is the one verb that writes it, `views` the pages, `pictures` what a row holds as plain
values: the edition of the optimistic lock, the conflict and the audit are all taken from it.
"""
