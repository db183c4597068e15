"""Words in texts: how they are asked for, and how the matches are shown."""

from core.text import CLOSE, OPEN, merged, shortened


def test_what_is_marked_in_any_language_is_marked_once():
    english = f"an {OPEN}attack{CLOSE} on a mosquée"
    french = f"an attack on a {OPEN}mosquée{CLOSE}"

    assert merged([english, french]) == [
        ("an ", False),
        ("attack", True),
        (" on a ", False),
        ("mosquée", True),
    ]


def test_a_long_text_is_cut_around_the_first_match_between_words():
    pieces = [("word " * 200, False), ("Kati", True), (" word" * 200, False)]
    short = shortened(pieces, 60)
    text = "".join(piece for piece, _ in short)

    assert ("Kati", True) in short
    assert len(text) < 110
    assert text.startswith("… word ")
    assert text.endswith("word …")


def test_a_text_without_a_match_is_not_shown():
    assert shortened([("nothing here", False)]) == []
