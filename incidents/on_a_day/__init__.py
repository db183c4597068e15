"""The page at /on/{date}/: the world on one day.

asking    which day: strict, and no later than today
recorded  incidents of the day as the record has them: on it, lasting over it, perhaps on it
views     the page, and the way to it

What was in force on the day (campaigns, missions, groups, memberships) are panels of the rooms that
own the data: `actors.on_a_day`, `regions.on_a_day`, `incidents.templatetags.panels`.
"""
