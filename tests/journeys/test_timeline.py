"""Rae the reader chooses days on the timeline, by pointer, touch and keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MALI = "/incidents/?country=MLI&dataset=vigil&from=2020-01-01&to=2025-12-31"
TOUCH = {"viewport": PHONE, "has_touch": True}


def open_timeline(rae, path=MALI):
    """The page, its timeline brought to life and in sight."""
    rae.open(path)
    expect(rae.page.get_by_role("slider", name="First day")).to_be_attached()
    stage = rae.page.locator(".timeline-stage")
    stage.scroll_into_view_if_needed()
    return stage.bounding_box()


def window(rae):
    """First day in sight and number of days, counted from the left edge of the whole drawing."""
    box = rae.page.locator("svg.plot").first.get_attribute("viewBox")
    left, _top, days, _height = map(float, box.split())
    return left, days


def counted(rae):
    cells = rae.page.locator(".timeline-table tbody tr td:nth-of-type(1)").all_text_contents()
    return sum(int(cell.replace(",", "")) for cell in cells)


def test_dragging_over_the_bars_asks_for_their_days(rae):
    box = open_timeline(rae)
    rae.page.evaluate("window.sameDocument = true")
    y = box["y"] + box["height"] / 2
    rae.page.mouse.move(box["x"] + box["width"] * 0.34, y)
    rae.page.mouse.down()
    rae.page.mouse.move(box["x"] + box["width"] * 0.49, y, steps=4)
    expect(rae.page.locator(".timeline-readout")).to_have_text("1 January 2022 – 31 December 2022")
    rae.page.mouse.up()
    rae.page.wait_for_url("**from=2022-01-01*to=2022-12-31*")

    drawn = rae.page.locator("vigil-timeline")
    expect(drawn).to_have_attribute("data-first", "2022-01-01")
    assert drawn.get_attribute("data-days") == "365"
    assert rae.page.evaluate("window.sameDocument") is True
    assert "from 1 January 2022 to 31 December 2022" in rae.text("#answer .question")
    assert counted(rae) == int(rae.text("#answer .stat .value"))


def test_handles_choose_days_by_keyboard_and_keep_the_focus(rae):
    open_timeline(rae)
    last = rae.page.get_by_role("slider", name="Last day")
    last.focus()
    rae.page.keyboard.press("ArrowLeft")
    expect(last).to_have_attribute("aria-valuetext", "30 November 2025")
    rae.page.keyboard.press("Escape")
    expect(last).to_have_attribute("aria-valuetext", "31 December 2025")
    rae.page.keyboard.press("PageDown")
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_url("**to=2025-02-28*")

    expect(rae.page.get_by_role("slider", name="Last day")).to_be_focused()


def test_zooming_leaves_the_question_alone_until_its_days_are_asked(rae):
    open_timeline(rae)
    _left, whole = window(rae)
    first = rae.page.get_by_role("slider", name="First day")
    first.focus()
    rae.page.keyboard.press("+")
    assert window(rae) == (0, whole / 2)
    rae.page.get_by_role("button", name="Zoom out").click()
    assert window(rae) == (0, whole)
    assert rae.page.get_by_role("button", name="Zoom out").is_disabled()
    rae.page.get_by_role("button", name="Zoom in").click()
    assert rae.page.url.endswith(MALI)
    rae.page.get_by_role("button", name="Show only these days").click()
    rae.page.wait_for_url("**from=2021-07-*to=2024-0*")


def test_the_wheel_scrolls_the_page_until_the_drawing_is_touched(rae):
    box = open_timeline(rae)
    _left, whole = window(rae)
    rae.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5)
    rae.page.mouse.wheel(0, -1)
    assert window(rae) == (0, whole)
    rae.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    rae.page.mouse.wheel(0, -1)
    expect(rae.page.get_by_role("button", name="Zoom out")).to_be_enabled()

    left, days = window(rae)
    assert days == pytest.approx(whole * 0.8)
    assert left == pytest.approx(whole * 0.1, rel=0.02)


@pytest.mark.parametrize("rae", [TOUCH], indirect=True)
def test_two_fingers_spread_the_days_on_a_phone(rae):
    box = open_timeline(rae)
    _left, whole = window(rae)
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = rae.page.context.new_cdp_session(rae.page)

    def fingers(kind, apart):
        ends = [(middle - apart, y), (middle + apart, y)] if apart else []
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(ends)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 30)
    fingers("touchMove", 45)
    fingers("touchMove", 60)
    fingers("touchEnd", 0)
    expect(rae.page.get_by_role("button", name="Zoom out")).to_be_enabled()

    left, days = window(rae)
    assert days == pytest.approx(whole / 2, rel=0.02)
    assert left == pytest.approx(whole / 4, rel=0.05)
    assert rae.page.url.endswith(MALI)


def test_the_pointer_reads_what_a_period_holds(rae):
    box = open_timeline(rae)
    july = (2 * 365 + 1 + 181 + 15) / (6 * 365 + 2)
    rae.page.mouse.move(box["x"] + box["width"] * july, box["y"] + box["height"] / 2)

    expect(rae.page.locator(".timeline-readout")).to_have_text(
        "July 2022 — Incidents: 10 · Killed: at least 22"
    )


def test_an_incident_in_a_lane_says_itself_and_opens_beside_the_timeline(rae):
    open_timeline(rae, "/incidents/?country=KEN&dataset=vigil&lanes=actor&view=timeline")
    mark = rae.page.locator(".timeline-drawing a", has_text="Westgate").locator("path").first
    assert mark.get_attribute("class").startswith("days")
    mark.hover(force=True)
    expect(rae.page.locator(".timeline-readout")).to_contain_text("21–24 September 2013")
    mark.click(force=True)
    expect(rae.page.locator("#side")).to_contain_text("Westgate")
    assert "open=" in rae.page.url
    # Escape forgets what a handle chose, then closes the incident.
    first = rae.page.get_by_role("slider", name="First day")
    first.focus()
    rae.page.keyboard.press("ArrowRight")
    rae.page.keyboard.press("Escape")
    expect(rae.page.locator("#side")).to_contain_text("Westgate")
    rae.page.keyboard.press("Escape")
    expect(rae.page.locator("#side-title")).to_have_count(0)


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_the_table_and_the_links_narrow_the_days(rae):
    rae.open("/incidents/?country=MLI&dataset=vigil&from=2022&to=2022&interval=month")
    rae.page.get_by_text("The same as a table").click()
    rae.page.get_by_role("link", name="July 2022", exact=True).click()
    assert "from=2022-07-01&to=2022-07-31" in rae.page.url
    assert "10 incidents" in rae.text(".timeline-summary")
    rae.page.get_by_role("link", name="All dates").click()
    assert "from=" not in rae.page.url


@pytest.mark.parametrize(
    "rae",
    [{"viewport": WIDE}, {"viewport": WIDE, "color_scheme": "dark"}, {"viewport": PHONE}],
    indirect=True,
    ids=["wide", "dark", "phone"],
)
def test_the_timeline_is_open_to_everybody(rae, request):
    open_timeline(
        rae, "/incidents/?country=MLI,NER&from=2019&stack=group&lanes=actor&view=timeline"
    )
    rae.shoot(f"timeline-{request.node.callspec.id}")

    assert rae.barriers() == []
    assert not rae.is_too_wide()
