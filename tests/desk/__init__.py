"""People at the desk: signed in the way the desk asks for."""

from typing import Any

from allauth.usersessions.models import UserSession

from accounts.models import User
from accounts.permissions import SECOND_FACTOR


def signed_in(client: Any, person: User) -> Any:
    """The client as this person, with a second factor given in this session."""
    client.force_login(person)
    session = client.session
    session[SECOND_FACTOR] = person.pk
    session.save()
    UserSession.objects.get_or_create(
        session_key=session.session_key, defaults={"user": person, "ip": "203.0.113.9"}
    )
    return client
