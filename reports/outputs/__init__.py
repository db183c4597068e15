"""The forms in which a report is read, each written from the same blocks and by nothing else.

document   a report as every form reads it: its sections, with what analysts wrote marked as theirs
forms      the forms by name: media type, ending, writer
csv        a table as CSV, all tables as ZIP · text plain words · pdf Typst · word DOCX
"""
