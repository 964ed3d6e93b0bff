"""The table of contents of the product: every page there is, in one list."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from kept.web import health, signing_in
from kept.web.customer import opting_out, page
from kept.web.desk import (
    accounts,
    acting,
    audit,
    case,
    inbox,
    judging,
    originals,
    our_house,
    people,
    promises,
    reply,
    scores,
    setting_aside,
    surveys,
    writing_down,
)
from kept.web.public import about_one, form, front, good_word
from kept.web.public import audit as public_audit

PUBLIC: list[URLPattern] = [
    path("", front.front, name="front"),
    path("favicon.ico", front.icon, name="icon"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("to/<slug:slug>", form.form, name="form"),
    path("to/<slug:slug>/thanks/<str:token>", form.thanks, name="thanks"),
    path("say-a-good-word", good_word.good_word, name="good_word"),
    path("say-a-good-word/thanks/<str:token>", good_word.thanks, name="good_word_thanks"),
    path("say-a-good-word/about/<str:token>", about_one.about_one, name="about_one"),
    path("audit", public_audit.audit, name="public_audit"),
]
CUSTOMER: list[URLPattern] = [
    path("c/<str:token>", page.page, name="page"),
    path("c/<str:token>/add", page.add, name="page_add"),
    path("c/<str:token>/show", page.show, name="page_show"),
    path("c/<str:token>/link", page.send_link, name="page_link"),
    path("c/<str:token>/forget", page.forget, name="page_forget"),
    path("s/<str:token>/stop", opting_out.stop, name="survey_stop"),
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
DESK: list[URLPattern] = [
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/write-down", writing_down.write_down, name="write_down"),
    path("desk/cases/<uuid:case_id>", case.case, name="case"),
    path("desk/cases/<uuid:case_id>/seen", case.seen, name="case_seen"),
    path("desk/cases/<uuid:case_id>/reply", reply.reply, name="case_reply"),
    path("desk/cases/<uuid:case_id>/draft", reply.draft, name="case_draft"),
    path("desk/cases/<uuid:case_id>/note", acting.add_note, name="case_note"),
    path("desk/cases/<uuid:case_id>/owner", acting.hand_over, name="case_owner"),
    path("desk/cases/<uuid:case_id>/ask", acting.ask_if_solved, name="case_ask"),
    path("desk/cases/<uuid:case_id>/promise", acting.add_promise, name="case_promise"),
    path("desk/cases/<uuid:case_id>/kind", acting.classify, name="case_kind"),
    path("desk/cases/<uuid:case_id>/verdict", acting.write_down_verdict, name="case_verdict"),
    path("desk/cases/<uuid:case_id>/duties/<int:duty_id>", acting.finish_duty, name="case_duty"),
    path(
        "desk/cases/<uuid:case_id>/participants/<int:participant_id>/confirm",
        acting.confirm_participant,
        name="case_confirm",
    ),
    path("desk/cases/<uuid:case_id>/links", acting.revoke_links, name="case_links"),
    path("desk/messages/<uuid:message_id>/take-back", reply.take_message_back, name="message_take_back"),
    path("desk/messages/<uuid:message_id>/rest", judging.put_to_rest, name="message_rest"),
    path("desk/messages/<uuid:message_id>/wake", judging.wake_up, name="message_wake"),
    path("desk/messages/<uuid:message_id>/aside", judging.put_aside, name="message_aside"),
    path("desk/messages/<uuid:message_id>/original", originals.original, name="message_original"),
    path("desk/messages/<uuid:message_id>/html", originals.as_html, name="message_html"),
    path("desk/files/<int:file_id>", originals.file, name="file"),
    path("desk/promises", promises.promises, name="promises"),
    path("desk/promises/<uuid:promise_id>/keep", promises.keep_promise, name="promise_keep"),
    path("desk/promises/<uuid:promise_id>/new-hour", promises.agree_new_hour, name="promise_new_hour"),
    path("desk/set-aside", setting_aside.aside, name="set_aside"),
    path("desk/set-aside/<int:filed_id>/back", setting_aside.back, name="bring_back"),
    path("desk/arrivals/<uuid:receipt>/original", originals.locked_original, name="arrival_original"),
    path("desk/arrivals/<uuid:receipt>/take-in", setting_aside.take_in_after_all, name="arrival_take_in"),
    path("desk/audit", audit.audit, name="audit"),
    path("desk/people", people.people, name="people"),
    path("desk/people/new", people.new, name="person_new"),
    path("desk/people/<uuid:person_id>", people.person, name="person"),
    path("desk/people/<uuid:person_id>/link", people.let_in, name="person_link"),
    path("desk/people/<uuid:person_id>/leave", people.send_off, name="person_leave"),
    path("desk/surveys", surveys.surveys, name="surveys"),
    path("desk/surveys/new/<slug:measure>", surveys.new, name="survey_new"),
    path("desk/surveys/preview/<slug:measure>", surveys.preview, name="survey_preview"),
    path("desk/surveys/<uuid:survey_id>", surveys.survey, name="survey"),
    path("desk/surveys/<uuid:survey_id>/open", surveys.open_it, name="survey_open"),
    path("desk/surveys/<uuid:survey_id>/close", surveys.close_it, name="survey_close"),
    path("desk/surveys/<uuid:survey_id>/scores", scores.scores, name="survey_scores"),
    path("desk/surveys/<uuid:survey_id>/people", scores.people, name="survey_people"),
    path("desk/house", our_house.settings, name="house"),
    path("desk/theme", people.theme, name="theme"),
    path("desk/accounts", accounts.accounts, name="accounts"),
    path("desk/accounts/new/<slug:kind>", accounts.new, name="account_new"),
    path("desk/accounts/<uuid:account_id>", accounts.account, name="account"),
    path("desk/accounts/<uuid:account_id>/try", accounts.try_it, name="account_try"),
    path("desk/accounts/<uuid:account_id>/open", accounts.open_it, name="account_open"),
    path("desk/accounts/<uuid:account_id>/close", accounts.close_it, name="account_close"),
]
urlpatterns: list[URLPattern] = [*PUBLIC, *CUSTOMER, *SIGN_IN, *DESK]
