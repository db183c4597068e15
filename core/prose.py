"""Dates and numbers in words, in the reader's language. Precision is said, never implied."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Day = dt.date | str | None


def as_date(value: Day) -> dt.date | None:
    """A date, from a date, a moment (its day in UTC) or ISO text; None for nothing."""
    if not value:
        return None
    if isinstance(value, str):
        return dt.date.fromisoformat(value[:10])
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).date()
    return value


def as_moment(value: dt.datetime | str) -> dt.datetime:
    """A moment in UTC, from a moment or ISO text."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(dt.UTC)


def _format(value: dt.date, form: str) -> str:
    return _formatted(value, form, get_language() or "")


# Pages write the same days and numbers again and again, and finding the words takes longer.
@lru_cache(maxsize=8192)
def _formatted(value: dt.date, form: str, language: str) -> str:
    text = date_format(value, form, use_l10n=False)
    # French writes the first of a month as an ordinal.
    if form.startswith("j") and value.day == 1 and language.startswith("fr"):
        return "1er" + text[1:]
    return text


def brief(value: dt.date, form: str) -> str:
    """A date for an axis, its month (`M` in the form) abbreviated: "Jul 2022", "juil. 2022"."""
    is_french = (get_language() or "").startswith("fr")
    return _format(value, form.replace("M", "N") if is_french else form)


def day(value: Day) -> str:
    """ "21 July 2022"; empty for nothing."""
    date = as_date(value)
    return _format(date, "j F Y") if date else ""


def month(value: Day) -> str:
    """ "July 2022"; empty for nothing."""
    date = as_date(value)
    return _format(date, "F Y") if date else ""


def moment(value: dt.datetime | str | None) -> str:
    """ "21 July 2022, 14:05 UTC"; empty for nothing."""
    if not value:
        return ""
    when = as_moment(value)
    return f"{day(when)}, {when:%H:%M} UTC"


def quarter(value: Day) -> str:
    """ "third quarter of 2022"; empty for nothing."""
    date = as_date(value)
    if not date:
        return ""
    names = (
        _("first quarter of %(year)s"),
        _("second quarter of %(year)s"),
        _("third quarter of %(year)s"),
        _("fourth quarter of %(year)s"),
    )
    return names[(date.month - 1) // 3] % {"year": date.year}


def partial(value: Day, precision: str) -> str:
    """A reference date to its precision: "2012", "June 2012", "21 June 2012"; else "not known"."""
    date = as_date(value)
    if not date:
        return _("not known")
    if precision == "year":
        return str(date.year)
    if precision == "quarter":
        return quarter(date)
    return month(date) if precision == "month" else day(date)


def days(first: Day, last: Day) -> str:
    """ "21–24 September 2013", sharing what both days share; one day where they are the same."""
    start, end = as_date(first), as_date(last)
    if not start or not end or start == end:
        return day(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{_format(start, 'j')}–{_format(end, 'j F Y')}"
    if start.year == end.year:
        return f"{_format(start, 'j F')} – {_format(end, 'j F Y')}"
    return f"{day(start)} – {day(end)}"


def _from_to(start: dt.date, end: dt.date) -> dict[str, str]:
    form = "j F Y"
    if start.year == end.year:
        form = "j" if start.month == end.month else "j F"
    return {"first": _format(start, form), "last": day(end)}


def when(first: Day, last: Day, precision: str, is_multiday: bool = False) -> str:
    """An event's dates as part of a sentence, with how surely they are known.

    "on 21 July 2022"; "from 21 to 24 September 2013 (four days)"; "between 21 and 31 October 2025
    (exact day not known)"; "in October 2025 (exact day not known)".
    """
    start, end = as_date(first), as_date(last)
    if not start or not end:
        return _("on a day that is not known")
    if is_multiday and start != end:
        length = (end - start).days + 1
        return ngettext(
            "from %(first)s to %(last)s (%(days)s day)",
            "from %(first)s to %(last)s (%(days)s days)",
            length,
        ) % (_from_to(start, end) | {"days": spelled(length)})
    if precision == "month" and is_whole_month(start, end):
        return _("in %(month)s (exact day not known)") % {"month": month(start)}
    if precision == "quarter" and start.day == 1 and start.month % 3 == 1:
        return _("in the %(quarter)s (exact day not known)") % {"quarter": quarter(start)}
    if precision == "year" and start.timetuple().tm_yday == 1:
        return _("in %(year)s (exact day not known)") % {"year": start.year}
    if start == end:
        return _("on %(day)s") % {"day": day(start)}
    if (end - start).days == 1:
        return _("on %(first)s or %(last)s") % _from_to(start, end)
    return _("between %(first)s and %(last)s (exact day not known)") % _from_to(start, end)


def when_short(first: Day, last: Day, precision: str, is_multiday: bool = False) -> str:
    """The same for a table: "21 July 2022", "21–24 September 2013", "October 2025".

    A dash is for duration; "13 or 14 October" and "between" are for uncertainty.
    """
    start, end = as_date(first), as_date(last)
    if not start or not end or is_multiday:
        return days(first, last)
    if precision == "month" and is_whole_month(start, end):
        return month(start)
    if precision == "year" and start.timetuple().tm_yday == 1:
        return str(start.year)
    if precision == "quarter" and start.day == 1 and start.month % 3 == 1:
        return quarter(start)
    if start == end:
        return day(start)
    if (end - start).days == 1:
        return _("%(first)s or %(last)s") % _from_to(start, end)
    return _("between %(first)s and %(last)s") % _from_to(start, end)


def is_whole_month(first: dt.date, last: dt.date) -> bool:
    """Whether the two days are the first and the last of one month."""
    return (
        first.day == 1
        and (last + dt.timedelta(days=1)).day == 1
        and ((first.year, first.month) == (last.year, last.month))
    )


def spelled(number: int) -> str:
    """One to ten in letters, more in digits."""
    words = (
        "",
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
    )
    return words[number] if 0 < number < len(words) else count(number)


def count(value: int | None) -> str:
    """An integer with the language's thousands separator; "not known" for None."""
    if value is None:
        return _("not known")
    return _grouped(value, get_language() or "")


@lru_cache(maxsize=8192)
def _grouped(value: int, language: str) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def span(low: int | None, best: int | None, high: int | None) -> str:
    """A triple in words: "67", "49 to 154", "at least 5", "up to 8", "not known".

    A best without bounds is said as it stands. An open top is "at least". Never a midpoint.
    """
    floor = best if low is None else low
    if floor is None and high is None:
        return _("not known")
    if floor is None:
        return _("up to %(high)s") % {"high": count(high)}
    if high is None:
        if best is not None and low is None:
            return count(best)
        return _("at least %(low)s") % {"low": count(floor)}
    if floor == high:
        return count(high)
    return _("%(low)s to %(high)s") % {"low": count(floor), "high": count(high)}


def best_note(low: int | None, best: int | None, high: int | None) -> str:
    """ "best estimate 100", where a best lies inside a range; else empty."""
    if best is None or low is None or low == high or (high is None and best == low):
        return ""
    return _("best estimate %(best)s") % {"best": count(best)}


def today() -> dt.date:
    return timezone.now().date()


def signed(value: int) -> str:
    """A change with its sign: "+8", "−3", "0"."""
    if not value:
        return count(0)
    return ("+" if value > 0 else "−") + count(abs(value))


def listed(parts: Iterable[object]) -> str:
    """Parts that hold commas themselves, as one line; blanks are left out."""
    return _("; ").join(text for part in parts if (text := str(part)))


def labelled(label: object, text: object) -> str:
    """ "Paid by: a state", with the space that French asks for before a colon."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}
