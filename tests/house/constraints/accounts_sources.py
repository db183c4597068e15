"""Accounts and sources."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import ApiToken, AuditEntry, Invitation, User
from sources.models import Citation, ExternalIdentifier, Source
from tests import make
from tests.house.constraints.registry import BACKWARDS, EARLY, LATE, case, change, twice


@case("user_role_known")
def _() -> None:
    User.objects.create(username="x", role="king")


@case("audit_is_append_only")
def _() -> None:
    entry = AuditEntry.objects.create(at=timezone.now(), by="ed", verb="x", noun="x", object_id="1")
    change(entry, by="rita")


def invitation(**more: Any) -> Invitation:
    now = timezone.now()
    values = {"email": "kofi@example.org", "role": "editor", "digest": "0", "invited_at": now}
    return Invitation.objects.create(
        **values | {"invited_by": make.rita(), "expires_at": now} | more
    )


@case("invitation_role_known")
def _() -> None:
    invitation(role="king")


@case("invitation_accepted_is_pair")
def _() -> None:
    invitation(accepted_at=timezone.now())


@case("invitation_revoked_is_pair")
def _() -> None:
    invitation(revoked_by=make.rita())


@case("invitation_accepted_or_revoked")
def _() -> None:
    now = timezone.now()
    invitation(accepted_at=now, accepted_by=make.ana(), revoked_at=now, revoked_by=make.rita())


def token(**more: Any) -> ApiToken:
    now = timezone.now()
    values = {"person": make.ana(), "name": "x", "role": "contributor", "digest": "0"}
    dates = {"issued_at": now, "issued_by": make.ana(), "expires_at": now + dt.timedelta(days=1)}
    return ApiToken.objects.create(**values | dates | more)


@case("token_role_known")
def _() -> None:
    token(role="king")


@case("token_expires_later")
def _() -> None:
    token(expires_at=timezone.now() - dt.timedelta(days=1))


@case("token_revoked_is_pair")
def _() -> None:
    token(revoked_at=timezone.now())


@case("source_unique_name_kind")
def _() -> None:
    for slug in "ab":
        Source.objects.create(slug=slug, name="AFP", kind="wire", reliability="B")


@case("source_kind_known")
def _() -> None:
    Source.objects.create(slug="a", name="a", kind="gossip", reliability="B")


@case("source_reliability_known")
def _() -> None:
    Source.objects.create(slug="a", name="a", kind="wire", reliability="Z")


@case("document_published_ordered")
def _() -> None:
    make.document(published_from=LATE, published_to=EARLY)


@case("document_not_own_copy")
def _() -> None:
    paper = make.document()
    change(paper, syndicated_from=paper)


@case("citation_unique_target_locator")
def _() -> None:
    cited = make.citation(make.actor())
    cited.pk = cited.uuid = None
    Citation.objects.bulk_create(
        [
            Citation(
                document=cited.document,
                target_type=cited.target_type,
                target_id=cited.target_id,
                reliability="B",
                credibility=2,
            )
        ]
    )


@case("citation_credibility_known")
def _() -> None:
    make.citation(make.actor(), credibility=9)


@case("citation_reliability_known")
def _() -> None:
    make.citation(make.actor(), reliability="Z")


def external_id(**more: Any) -> None:
    who = make.actor()
    ExternalIdentifier.objects.create(
        target_type=ContentType.objects.get_for_model(who),
        target_id=who.pk,
        scheme="gtd",
        value="1",
        **more,
    )


@case("external_id_unique_value")
def _() -> None:
    twice(external_id)


@case("external_id_period_ordered")
def _() -> None:
    external_id(**BACKWARDS)
