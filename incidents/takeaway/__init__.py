"""Charts that a reader takes away as SVG, PNG and CSV: from a question to rows and a drawing.

kinds       every kind by its name, and the ones that fit on a page
timeline    incidents and deaths over time
world       places, countries or areas, as the explorer's map draws them
parts       what they have in common: columns, rows, panels, refusals of mixed data sets
views       /charts/<kind>.<form>
"""
