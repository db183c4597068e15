"""The explorer: one question, one address; filters, timeline, map and list of its answer.

`asking` reads the address, `panel` draws the question as a form with counts, `listing` the rows,
`views` puts the page together. Timeline and map come from `incidents.timelines` and
`incidents.maps`; they receive the question, the answer and the `Options` of the presentation.
"""
