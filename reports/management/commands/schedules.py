"""`manage.py schedules`: make the default report schedules; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.models import ReportSchedule
from reports.schedules import starting


class Command(BaseCommand):
    help = "Make the default schedules of situation reports, and list all schedules."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = starting.ensure_defaults()
        except starting.PlaceUnknown as error:
            raise CommandError(str(error)) from error
        for schedule in ReportSchedule.objects.all():
            state = "on" if schedule.is_active else "off"
            self.stdout.write(f"  {schedule.slug:<28} {schedule.dataset:<6} {state}")
        self.stdout.write(f"{made} schedules made, {ReportSchedule.objects.count()} in all.")
