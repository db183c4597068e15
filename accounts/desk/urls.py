"""Addresses of the desk that are about people."""

from django.urls import path

from accounts.desk import audit, invitations, me, people

app_name = "people"

urlpatterns = [
    path("", me.start, name="start"),
    path("me/", me.me, name="me"),
    path("me/awake/", me.awake, name="awake"),
    path("me/unsent/", me.unsent, name="unsent"),
    path("me/second-factor/", me.second_factor, name="second-factor"),
    path("me/tokens/", me.token_list, name="tokens"),
    path("me/tokens/<str:key>/revoke/", me.revoke_token, name="revoke-token"),
    path("invitation/<str:secret>/", invitations.accept, name="accept"),
    path("audit/", audit.page, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("people/", people.people_list, name="list"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke-invitation"),
    path("person/<str:username>/", people.person, name="person"),
    path("person/<str:username>/role/", people.change_role, name="change-role"),
    path("person/<str:username>/act/", people.act, name="act"),
    path(
        "person/<str:username>/tokens/<str:key>/revoke/",
        people.revoke_token,
        name="revoke-token-of",
    ),
]
