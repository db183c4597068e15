"""Situation reports: schedules, the job rows that build them, and what was published."""

from reports.models.editions import Report, ReportItem, ReportPicture
from reports.models.jobs import ReportJob, ReportStep
from reports.models.letters import Letter, LetterKind
from reports.models.manuscripts import Manuscript
from reports.models.operations import Alarm, Heartbeat
from reports.models.schedules import ReportSchedule
from reports.models.subscriptions import Dispatch, Subscriber, Subscription
from reports.models.watches import Alert, Rhythm, Watch
from reports.models.webhooks import Event, Webhook, WebhookAttempt, WebhookMessage

__all__ = [
    "Alarm",
    "Alert",
    "Dispatch",
    "Event",
    "Heartbeat",
    "Letter",
    "LetterKind",
    "Manuscript",
    "Report",
    "ReportItem",
    "ReportJob",
    "ReportPicture",
    "ReportSchedule",
    "ReportStep",
    "Rhythm",
    "Subscriber",
    "Subscription",
    "Watch",
    "Webhook",
    "WebhookAttempt",
    "WebhookMessage",
]
