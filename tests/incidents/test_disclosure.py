import pytest

from incidents.disclosure import display_precision, shown_place


@pytest.mark.parametrize(
    ("type_code", "targets", "hostage_open", "stored", "shown"),
    [
        ("ARM-BAS", ["military"], False, "exact", "exact"),
        ("ARM-BAS", ["military", "displaced_persons"], False, "exact", "admin1"),
        ("ARM-AMB", ["ngo_aid"], False, "near", "admin1"),
        ("ARM-SET", ["health"], False, "admin2", "admin1"),
        ("SEX-VIO", ["civilians"], False, "exact", "admin1"),
        ("HOS-KID", ["civilians"], False, "exact", "admin1"),
        ("HOS-MAS", ["education"], False, "exact", "admin1"),
        ("HOS-KID", ["civilians"], True, "exact", "country"),
        ("HOS-BAR", ["business_hotel"], True, "exact", "country"),
        ("HOS-BAR", ["business_hotel"], False, "exact", "exact"),
    ],
)
def test_policy_decides_how_finely_a_place_is_shown(
    type_code, targets, hostage_open, stored, shown
):
    assert display_precision(type_code, targets, hostage_open, stored) == shown


@pytest.mark.parametrize("stored", ["admin1", "linear", "country", "sea_air"])
def test_a_coarse_place_is_never_shown_finer(stored):
    assert display_precision("HOS-KID", ["ngo_aid"], False, stored) == stored


def test_an_incident_with_sexual_violence_is_shown_by_its_first_level_area():
    shown = shown_place(
        "ARM-EXE", ["civilians"], hostage_open=False, stored="exact", sexual_violence=True
    )

    assert (shown.precision, shown.reason) == ("admin1", "sexual violence")


def test_a_place_shown_as_stored_gives_no_reason():
    assert shown_place("ARM-BAS", ["military"], hostage_open=False, stored="exact").reason == ""
