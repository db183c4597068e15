"""Which day is asked about, and as of which moment."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import prose
from core.pages import OneDayField
from core.parameters import shown
from core.questions import Parameter, ParametersRefused, Refusal
from incidents.questions import AsOfQuestion

DAY = OneDayField(help_text=gettext_lazy("The day to look at."))


class DayQuestion(AsOfQuestion):
    """One day, as the record stands or as it stood at a moment."""


class PickedQuestion(DayQuestion):
    """What the form for another day sends."""

    day = Parameter(DAY)


def day_of(text: str, *, today: dt.date) -> dt.date:
    """The day of an address. Raises ParametersRefused for no date and for a day to come."""
    try:
        day: dt.date = DAY.read(text)
    except ValidationError as error:
        raise ParametersRefused([Refusal("date", shown(text), " ".join(error.messages))]) from None
    if day > today:
        detail = _("%(value)s is still to come: the last day that can be shown is %(today)s.") % {
            "value": shown(text),
            "today": prose.day(today),
        }
        raise ParametersRefused([Refusal("date", shown(text), detail)])
    return day
