"""Sign-in, passwords, second factors and sessions: the part of allauth that Vigil uses."""

from allauth.account import views
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("me/confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("me/password/", views.password_change, name="account_change_password"),
    path("me/password/first/", views.password_set, name="account_set_password"),
    path("password/", views.password_reset, name="account_reset_password"),
    path("password/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/changed/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("me/sessions/", list_usersessions, name="usersessions_list"),
    path("me/factors/", include("allauth.mfa.urls")),
]
