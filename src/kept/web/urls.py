"""The table of contents of the product: every page there is, in one list."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from kept.web import health, signing_in
from kept.web.customer import page
from kept.web.public import audit as public_audit
from kept.web.public import form, front

PUBLIC: list[URLPattern] = [
    path("", front.front, name="front"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("to/<slug:slug>", form.form, name="form"),
    path("to/<slug:slug>/thanks/<str:token>", form.thanks, name="thanks"),
    path("audit", public_audit.audit, name="public_audit"),
]
CUSTOMER: list[URLPattern] = [
    path("c/<str:token>", page.page, name="page"),
    path("c/<str:token>/add", page.add, name="page_add"),
    path("c/<str:token>/show", page.show, name="page_show"),
    path("c/<str:token>/link", page.send_link, name="page_link"),
    path("c/<str:token>/forget", page.forget, name="page_forget"),
]
SIGN_IN: list[URLPattern] = [
    path("sign-in", account.login, name="account_login"),
    path("sign-in/link/<str:token>", signing_in.by_link, name="sign_in_link"),
    path("sign-out", account.logout, name="account_logout"),
    path("sign-in/again", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive", account.account_inactive, name="account_inactive"),
    path("password", account.password_change, name="account_change_password"),
    path("password/set", account.password_set, name="account_set_password"),
    path("sign-in/second-factor", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/second-factor/again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor", mfa.index, name="mfa_index"),
    path("second-factor/app", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/download", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("second-factor/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-factor/passkeys/<int:pk>/edit", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sign-in/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/passkey/again", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
urlpatterns: list[URLPattern] = [*PUBLIC, *CUSTOMER, *SIGN_IN]
