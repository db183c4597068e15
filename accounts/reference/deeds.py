"""Verbs and nouns of the audit trail as people say them. What is not listed is said as stored."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, Promise] = {
    "accept_invitation": _("has accepted the invitation of"),
    "add_factor": _("has added a second factor for"),
    "add_recipient": _("has added a reader to"),
    "agree_lower": _("has agreed to a lower class for"),
    "ask": _("has asked for a report of"),
    "assign": _("has assigned"),
    "cancel": _("has cancelled"),
    "change_role": _("has changed the role of"),
    "change_secret": _("has changed the secret of"),
    "comment": _("has commented on"),
    "correct": _("has corrected"),
    "create": _("has entered"),
    "deactivate": _("has deactivated"),
    "decline_lower": _("has kept the class of"),
    "delete": _("has deleted"),
    "discard": _("has discarded"),
    "drop": _("has dropped"),
    "edit": _("has changed"),
    "end_sessions": _("has ended the sessions of"),
    "export": _("has taken away"),
    "extend_embargo": _("has set the embargo of"),
    "invite": _("has sent"),
    "issue_token": _("has issued"),
    "lift_embargo": _("has changed the embargo of"),
    "load": _("has loaded"),
    "merge": _("has merged"),
    "ping": _("has tested"),
    "propose_lower": _("has proposed a lower class for"),
    "publish": _("has published"),
    "publish_many": _("has published in bulk"),
    "raise_sensitivity": _("has raised the class of"),
    "reactivate": _("has reactivated"),
    "reconsider": _("no longer tells apart"),
    "register": _("has registered"),
    "release": _("has published"),
    "remove": _("has removed"),
    "remove_factor": _("has removed a second factor of"),
    "remove_recipient": _("has removed a reader from"),
    "reset_factors": _("has reset the second factors of"),
    "resume": _("has resumed"),
    "retry": _("has started again"),
    "return_to_writer": _("has returned"),
    "revoke_invitation": _("has revoked"),
    "revoke_token": _("has revoked"),
    "save": _("has saved"),
    "seed": _("has loaded"),
    "send_back": _("has returned"),
    "sign_in": _("has signed in as"),
    "split": _("has split"),
    "stop": _("has stopped"),
    "submit": _("has submitted for review"),
    "take_back": _("has taken back"),
    "take_over": _("has begun with the edition before for"),
    "take_up": _("has taken up again"),
    "tell_apart": _("has told apart"),
    "verify": _("has verified"),
    "withdraw": _("has withdrawn"),
    "write": _("has written"),
}
THINGS: dict[str, Promise] = {
    "actor": _("the actor"),
    "audit": _("the audit trail"),
    "body": _("the body"),
    "campaign": _("the campaign"),
    "document": _("the document"),
    "gazetteer": _("the gazetteer"),
    "incident": _("the incident"),
    "invitation": _("the invitation"),
    "job": _("the job"),
    "manuscript": _("the text"),
    "mission": _("the mission"),
    "person": _("the person"),
    "release": _("the release"),
    "report": _("the report"),
    "schedule": _("the schedule"),
    "seed data": _("the seed data"),
    "source": _("the source"),
    "subscription": _("the subscription"),
    "token": _("the token"),
    "webhook": _("the webhook"),
}


def deed(verb: str) -> str:
    """ "has saved", "has changed the role of"."""
    return str(DEEDS.get(verb, verb.replace("_", " ")))


def thing(noun: str) -> str:
    """ "the incident"."""
    return str(THINGS.get(noun, noun))
