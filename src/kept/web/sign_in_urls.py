"""The pages of signing in: allauth's views one by one, under our addresses (its own list would open sign-up)."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from kept.web import signing_in

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
