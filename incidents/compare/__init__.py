"""Two to four questions side by side.

comparing   the sides, what they share, and their answers on one axis
notes       what a reader must know to read it right
form        the form that asks anew
views       the page
"""
