"""Campaigns: what readers may know of them, their pages, API and desk. Their nouns are models.

querysets   which campaigns readers may know of
views       the list and the page of one
api         the same as JSON
desk        how editors enter them
"""
