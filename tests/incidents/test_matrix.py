"""Figures by measure and population, and why one of them is preferred."""

from incidents import matrix
from incidents.preferring import why


def figure(best=None, low=None, high=None, **more):
    values = {
        "harm": "killed", "population": "all", "scope": "excl_attackers", "measure": "count",
        "low": low, "best": best, "high": high, "comparator": "", "as_reported": None,
        "as_of": "2021-06-05", "is_preferred": False, "is_self_interested": False,
        "source": "wire", "source_title": "A story", "publisher": "Agency", "said_by": "",
        "grade": "B3", "note": "",
    }  # fmt: skip
    return values | more


def chosen(*values, **more):
    return figure(*values, is_preferred=True, **more)


def test_the_matrix_has_a_row_for_each_measure_and_a_column_for_each_population():
    found = matrix.matrix(
        [
            chosen(67, 67, 67),
            chosen(62, 61, 62, population="civilians"),
            chosen(4, 4, 5, population="attackers"),
            chosen(175, 163, 200, harm="wounded"),
            figure(1193, measure="dead_or_missing"),
        ]
    )

    assert found.populations == ["all", "civilians", "attackers"]
    assert [(row.harm, row.measure) for row in found.rows] == [
        ("killed", "count"),
        ("killed", "dead_or_missing"),
        ("wounded", "count"),
    ]
    killed, missing, wounded = (row.cells for row in found.rows)
    assert [cell.figure["best"] for cell in killed] == [67, 62, 4]
    assert missing[0].figure["best"] == 1193
    assert (missing[1], wounded[1]) == (None, None)


def test_a_cell_holds_the_preferred_figure_and_counts_the_others():
    found = matrix.matrix([figure(132), figure(160), chosen(160, 132, 200)])

    cell = found.rows[0].cells[0]
    assert (cell.figure["low"], cell.others) == (132, 2)


def test_no_figure_makes_no_matrix():
    assert matrix.matrix([]) is None
    assert matrix.tables([]) == []


def test_attackers_have_a_table_of_their_own():
    tables = matrix.tables([chosen(4, population="attackers"), chosen(67)])

    assert [table.harm for table in tables] == ["killed", "attackers_killed"]


def test_a_range_that_holds_all_figures_says_so_and_whose_the_best_is():
    said = " ".join(
        why(
            [
                chosen(160, 132, 200, grade="C3"),
                figure(132, grade="C3", publisher="Gazette"),
                figure(160, grade="C3", publisher="Wire", note="security sources"),
                figure(None, 170, 200, grade="B3", publisher="Network"),
            ]
        )
    )

    assert "holds every figure given" in said
    assert "The best estimate, 160, is the figure of Wire (security sources)." in said
    assert "A better-graded source (B3) gives another figure." in said


def test_the_end_of_a_range_is_nobodys_best_figure():
    said = " ".join(why([chosen(20, 10, 30), figure(15, 10, 20, publisher="Gazette")]))

    assert "Gazette" not in said


def test_the_best_graded_and_the_most_cautious_figure_are_said_to_be_that():
    said = " ".join(why([chosen(12, grade="B2"), figure(30, grade="C3")]))

    assert "best-graded source (B2)" in said
    assert "lowest, most cautious" in said


def test_a_figure_of_a_party_in_its_own_cause_is_named_as_one_that_cannot_be_preferred():
    said = why([chosen(12), figure(40, is_self_interested=True)])

    assert any("1 figure comes from a party in its own cause" in text for text in said)


def test_where_only_a_party_speaks_nothing_is_preferred():
    said = why([figure(80, is_self_interested=True)])

    assert said == ["None: a party speaks in its own cause, and no second source confirms it."]


def test_dead_or_missing_is_never_a_preferred_count():
    said = why([figure(1193, measure="dead_or_missing")])

    assert "measure of its own" in said[0]


def test_the_best_figure_of_a_data_set_is_said_to_add_up_only_where_it_does():
    parts = [figure(5, population="side_a"), figure(2, population="side_b"),
             figure(3, population="civilians"), figure(0, population="unknown")]  # fmt: skip

    adds_up = matrix.tables([chosen(10, 10, 12), *parts])[0]
    does_not = matrix.tables([chosen(11, 10, 12), *parts])[0]

    assert "5 + 2 + 3 + 0 = 10" in " ".join(adds_up.reasons)
    assert "adds up" not in " ".join(does_not.reasons)


def test_figures_are_drawn_on_one_scale_from_zero():
    table = matrix.tables(
        [chosen(160, 100, 200), figure(50), figure(None, 150, comparator="over")]
    )[0]

    ranged, point, open_ended = (line.strip for line in table.choices[0].lines)
    assert (ranged.left, ranged.best, ranged.right) == ("50.00%", "80.00%", "100.00%")
    assert (point.left, point.right) == ("25.00%", "25.00%")
    assert open_ended.is_open
    assert not ranged.is_open


def test_one_source_with_one_figure_each_is_told_in_a_sentence_not_a_table():
    several, voices = matrix.apart(
        matrix.tables(
            [
                chosen(67),
                chosen(62, population="civilians"),
                chosen(175, harm="wounded"),
                chosen(3, harm="abducted"),
                figure(5, harm="abducted"),
            ]
        )
    )

    assert [table.harm for table in several] == ["abducted"]
    assert [voice.harms for voice in voices] == [["killed", "wounded"]]


def test_a_figure_with_a_remark_is_never_folded_into_a_sentence():
    several, voices = matrix.apart(matrix.tables([chosen(67, note="Army figure.")]))

    assert len(several) == 1
    assert voices == []
