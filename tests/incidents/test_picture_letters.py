"""Letters of a PNG: a font without them draws one box for each, whatever the letter."""

import pytest

from core import fonts
from incidents.charts import picture


def drawn(text, weight=400):
    return picture.png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="40" '
        f'font-family="{fonts.LATIN}"><text x="10" y="28" font-size="20" '
        f'font-weight="{weight}">{text}</text></svg>'
    )


def test_letters_that_no_font_has_are_boxes_all_alike():
    assert drawn("ጀማዓት") == drawn("ተጋሩና")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بوكو", "حرام"),
        ("JNIM جماعة", "JNIM نصرتم"),
        ("Тумбукту تمبكت", "Тумбукту كيدال"),
        ("ʿAlī", "ʾAlī"),
    ],
)
def test_arabic_is_drawn_letter_by_letter_also_beside_other_scripts(one, other):
    assert len(one) == len(other)
    assert drawn(one) != drawn(other)


def test_arabic_is_bold_where_it_shall_be():
    assert drawn("جماعة نصرة", 700) != drawn("جماعة نصرة", 400)


def test_every_font_of_a_picture_is_there():
    assert all(path.is_file() for path in fonts.FILES)
    assert {path.parent for path in fonts.FILES} == set(fonts.FOLDERS)
