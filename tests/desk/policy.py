"""The least role for every address of the desk. An address that is not here fails the build."""

from django.urls import URLResolver, get_resolver

from accounts.choices import Role

# Open to everybody: signing in, passwords, invitations. What they do is tested by name.
OPEN = {
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_authenticate", "mfa_login_webauthn", "people:accept", "people:second-factor",
}  # fmt: skip

# For whoever is signed in, also before a second factor: there it is set up.
OWN = {
    "account_reauthenticate", "account_change_password", "account_set_password",
    "usersessions_list", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip

# The reference desks declare their addresses themselves; all of them are for editors.
ROOMS = {"reference": Role.EDITOR}

LEAST = {
    "people:start": Role.READER,
    "people:me": Role.READER,
    "people:awake": Role.READER,
    "people:unsent": Role.READER,
    "people:tokens": Role.CONTRIBUTOR,
    "people:revoke-token": Role.CONTRIBUTOR,
    "people:list": Role.ADMINISTRATOR,
    "people:invite": Role.ADMINISTRATOR,
    "people:revoke-invitation": Role.ADMINISTRATOR,
    "people:person": Role.ADMINISTRATOR,
    "people:change-role": Role.ADMINISTRATOR,
    "people:act": Role.ADMINISTRATOR,
    "people:revoke-token-of": Role.ADMINISTRATOR,
    "people:audit": Role.ADMINISTRATOR,
    "people:audit-export": Role.ADMINISTRATOR,
    "jobs:list": Role.ADMINISTRATOR,
    "jobs:now": Role.ADMINISTRATOR,
    "jobs:job": Role.ADMINISTRATOR,
    "jobs:act": Role.ADMINISTRATOR,
    "desk:entry": Role.CONTRIBUTOR,
    "desk:mine": Role.CONTRIBUTOR,
    "desk:when": Role.CONTRIBUTOR,
    "desk:pin-map": Role.CONTRIBUTOR,
    "desk:autosave-new": Role.CONTRIBUTOR,
    "desk:duplicates-watch": Role.CONTRIBUTOR,
    "desk:pick": Role.CONTRIBUTOR,
    "desk:incident": Role.CONTRIBUTOR,
    "desk:autosave": Role.CONTRIBUTOR,
    "desk:compare": Role.CONTRIBUTOR,
    "desk:apart": Role.CONTRIBUTOR,
    "desk:join": Role.EDITOR,
    "desk:queue": Role.CONTRIBUTOR,
    "desk:notice-read": Role.CONTRIBUTOR,
    "desk:review": Role.CONTRIBUTOR,
    "desk:history": Role.CONTRIBUTOR,
    "desk:deed": Role.CONTRIBUTOR,
    "delivery-desk:recipients": Role.EDITOR,
    "delivery-desk:remove-recipient": Role.EDITOR,
    "delivery-desk:webhooks": Role.ADMINISTRATOR,
    "delivery-desk:webhook": Role.ADMINISTRATOR,
    "delivery-desk:webhook-act": Role.ADMINISTRATOR,
    "report-desk:start": Role.CONTRIBUTOR,
    "report-desk:manuscript": Role.CONTRIBUTOR,
    "report-desk:write": Role.CONTRIBUTOR,
    "report-desk:autosave": Role.CONTRIBUTOR,
    "report-desk:compare": Role.CONTRIBUTOR,
    "report-desk:preview": Role.CONTRIBUTOR,
    "report-desk:deed": Role.CONTRIBUTOR,
    "report-desk:schedules": Role.EDITOR,
    "report-desk:schedule-new": Role.EDITOR,
    "report-desk:schedule-new-preview": Role.EDITOR,
    "report-desk:schedule": Role.EDITOR,
    "report-desk:schedule-preview": Role.EDITOR,
    "report-desk:schedule-switch": Role.EDITOR,
    "report-desk:ask": Role.EDITOR,
}

SAMPLES = {
    "int": "1", "str": "nobody", "slug": "nothing", "path": "a", "public_id": "ZZZZZZZZZZ",
    "uuid": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


def addresses(resolver=None, prefix="", namespace=""):
    """Every name below /desk/ with a path that its converters accept."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + sample(entry.pattern)
        if not f"/{path}/".startswith("/desk/"):
            continue
        if isinstance(entry, URLResolver):
            inside = ":".join(filter(None, (namespace, entry.namespace)))
            yield from addresses(entry, path, inside)
        else:
            yield ":".join(filter(None, (namespace, entry.name or ""))), f"/{path}"


def sample(pattern):
    route = str(pattern)
    if route.startswith("^"):
        return "password/1-set-password/"
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        kind = {"string": "str", "publicid": "public_id"}.get(kind, kind)
        for spelt in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(spelt, SAMPLES[kind])
    return route


ADDRESSES = sorted(set(addresses()))
