"""Every page of the desk for the sweep: who opens it, and where. `{…}` are the scene's."""

LEFT_OUT = {
    "desk:when": "a part of the entry page, in answer to POST",
    "desk:pin-map": "a part of the entry page",
    "desk:pick": "a part of the entry page",
    "desk:autosave": "data, in answer to POST",
    "desk:autosave-new": "data, in answer to POST",
    "desk:compare": "only POST; the page of a conflict is in test_entry_kept",
    "desk:apart": "only POST",
    "desk:notice-read": "only POST",
    "people:revoke-token": "only POST",
    "people:revoke-token-of": "only POST",
    "people:revoke-invitation": "only POST",
    "people:change-role": "only POST",
    "people:act": "only POST",
    "people:audit-export": "a file, in answer to POST",
    "jobs:now": "a part of the page of jobs",
    "jobs:act": "only POST",
    "people:awake": "an empty answer for the page's script",
    "delivery-desk:remove-recipient": "only POST",
    "delivery-desk:webhook-act": "only POST",
    "report-desk:autosave": "data, in answer to POST",
    "report-desk:compare": "only POST; the page of a conflict is in test_report_desk",
    "report-desk:schedule-switch": "only POST",
    "report-desk:schedule-preview": "a part: the schedule in words",
    "report-desk:schedule-new-preview": "a part: the schedule in words",
    "people:unsent": "only after a form that came too late; in tests/accounts/test_idle",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for the sign-in page's script",
    "reference:choose": "a part of the reference desk's pages",
    **{
        f"reference:{room}-{kind}preview": "a part: the drawing beside the form"
        for room in ("actors", "bodies", "campaigns", "documents", "missions", "sources")
        for kind in ("", "new-")
    },
}

NOBODY = {
    "account_login": "/desk/sign-in/",
    "account_signup": "/desk/sign-up/",
    "account_inactive": "/desk/inactive/",
    "account_reset_password": "/desk/password/",
    "account_reset_password_done": "/desk/password/sent/",
    "account_reset_password_from_key": "/desk/password/{reset}/",
    "account_reset_password_from_key_done": "/desk/password/changed/",
    "people:accept": "/desk/invitation/{secret}/",
}
HALF_SIGNED_IN = {"mfa_authenticate": "/desk/me/factors/authenticate/"}
WITHOUT_FACTOR = {"people:second-factor": "/desk/me/second-factor/"}
READER = {"people:start": "/desk/", "people:me": "/desk/me/"}
CONTRIBUTOR = {
    "people:tokens": "/desk/me/tokens/",
    "desk:entry": "/desk/incidents/new/",
    "desk:mine": "/desk/incidents/mine/",
    "report-desk:start": "/desk/reports/",
    "report-desk:manuscript": "/desk/reports/manuscripts/{manuscript}/",
    "report-desk:write": "/desk/reports/manuscripts/{manuscript}/write/",
    "report-desk:preview": "/desk/reports/manuscripts/{manuscript}/preview/",
    "report-desk:deed": "/desk/reports/manuscripts/{manuscript}/do/drop/",
}
# Rita has no password yet, and no app.
REVIEWER = {
    "account_set_password": "/desk/me/password/first/",
    "mfa_activate_totp": "/desk/me/factors/totp/activate/",
    "desk:queue": "/desk/queue/",
    "desk:review": "/desk/incidents/{known}/review/",
    "desk:history": "/desk/incidents/{known}/history/",
}
EDITOR = {
    "desk:incident": "/desk/incidents/{draft}/",
    "desk:duplicates-watch": "/desk/incidents/duplicates/?incident={draft}",
    "desk:join": "/desk/incidents/{draft}/join/{known}/",
    "reference:start": "/desk/reference/",
    "report-desk:schedules": "/desk/reports/schedules/",
    "report-desk:schedule-new": "/desk/reports/schedules/new/",
    "report-desk:schedule": "/desk/reports/schedules/monthly-mli-en/",
    "report-desk:ask": "/desk/reports/schedules/monthly-mli-en/ask/",
    "delivery-desk:recipients": "/desk/reports/schedules/monthly-mli-en/recipients/",
    **{
        f"reference:{room}-{page}": f"/desk/{room}/{path}"
        for room, slug in {
            "actors": "jnim",
            "bodies": "au",
            "campaigns": "mali-fuel-blockade-2025",
            "documents": "{document}",
            "missions": "samim",
            "sources": "reuters",
        }.items()
        for page, path in {"list": "", "new": "new/", "edit": f"{slug}/"}.items()
    },
}
# Ada has a password, an app and a key.
ADMINISTRATOR = {
    "account_logout": "/desk/sign-out/",
    "account_reauthenticate": "/desk/me/confirm/",
    "account_change_password": "/desk/me/password/",
    "usersessions_list": "/desk/me/sessions/",
    "mfa_index": "/desk/me/factors/",
    "mfa_reauthenticate": "/desk/me/factors/reauthenticate/",
    "mfa_deactivate_totp": "/desk/me/factors/totp/deactivate/",
    "mfa_generate_recovery_codes": "/desk/me/factors/recovery-codes/generate/",
    "mfa_view_recovery_codes": "/desk/me/factors/recovery-codes/",
    "mfa_list_webauthn": "/desk/me/factors/webauthn/",
    "mfa_add_webauthn": "/desk/me/factors/webauthn/add/",
    "mfa_reauthenticate_webauthn": "/desk/me/factors/webauthn/reauthenticate/",
    "mfa_edit_webauthn": "/desk/me/factors/webauthn/keys/{key}/edit/",
    "mfa_remove_webauthn": "/desk/me/factors/webauthn/keys/{key}/remove/",
    "people:list": "/desk/people/",
    "people:invite": "/desk/people/invite/",
    "people:person": "/desk/person/ana/",
    "people:audit": "/desk/audit/",
    "jobs:list": "/desk/jobs/",
    "jobs:job": "/desk/jobs/reportjob/{job}/",
    "delivery-desk:webhooks": "/desk/webhooks/",
    "delivery-desk:webhook": "/desk/webhooks/{webhook}/",
}
# One page for each verb, all under this name; Rita opens them.
VERBS = {"desk:deed": "/desk/incidents/{waiting}/do/"}

SHOWN = (
    NOBODY | HALF_SIGNED_IN | WITHOUT_FACTOR | READER | CONTRIBUTOR | EDITOR | REVIEWER
    | ADMINISTRATOR | VERBS
)  # fmt: skip
