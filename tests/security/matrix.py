"""Who may open what: every address of the house and everybody who might come.

stranger has no link, or one they made up; other holds the link of another customer, and on a page by link sees only what is
theirs; right holds the link that belongs there. The four on the right are signed in. `in`: it is theirs to open; `sign`: sent to
sign in; `no`: refused; `none`: there is nothing; `over`: used up; `token`: only for programs with a token of their own.
`both`: GET and POST. A method that is not named is refused with 405.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.security.world import PEOPLE

MATRIX = """
address                            stranger  other     right     colleague owner     manager   admin
api:openapi                   GET  in        in        in        in        in        in        in
api:list_cases                GET  token     token     token     token     token     token     token
api:show_case                 GET  token     token     token     token     token     token     token
api:change_owner              POST token     token     token     token     token     token     token
api:ask_if_solved             POST token     token     token     token     token     token     token
api:hear_verdict              POST token     token     token     token     token     token     token
api:send_reply                POST token     token     token     token     token     token     token
api:post_letter               POST token     token     token     token     token     token     token
api:take_posting_back         POST token     token     token     token     token     token     token
api:take_reply_back           POST token     token     token     token     token     token     token
api:add_note                  POST token     token     token     token     token     token     token
api:put_to_rest               POST token     token     token     token     token     token     token
api:keep_contact              POST token     token     token     token     token     token     token
api:show_reach                both token     token     token     token     token     token     token
api:keep_reach                both token     token     token     token     token     token     token
api:list_promises             GET  token     token     token     token     token     token     token
api:make_promise              POST token     token     token     token     token     token     token
api:list_standing_promises    GET  token     token     token     token     token     token     token
api:hold_to_standing_promise  POST token     token     token     token     token     token     token
api:keep_promise              POST token     token     token     token     token     token     token
api:renegotiate_promise       POST token     token     token     token     token     token     token
api:list_remedies             GET  token     token     token     token     token     token     token
api:list_gifts                both token     token     token     token     token     token     token
api:give_remedy               both token     token     token     token     token     token     token
api:decide_gift               POST token     token     token     token     token     token     token
api:finish_gift               POST token     token     token     token     token     token     token
api:list_observations         both token     token     token     token     token     token     token
api:report_observation        both token     token     token     token     token     token     token
api:show_observation          GET  token     token     token     token     token     token     token
api:settle_observation        POST token     token     token     token     token     token     token
api:say_what_observation_came_before POST token token    token     token     token     token     token
api:list_customers            GET  token     token     token     token     token     token     token
api:show_customer             GET  token     token     token     token     token     token     token
api:list_employees            GET  token     token     token     token     token     token     token
api:list_accounts             GET  token     token     token     token     token     token     token
api:list_set_aside            GET  token     token     token     token     token     token     token
api:bring_it_back             POST token     token     token     token     token     token     token
api:show_audit                GET  token     token     token     token     token     token     token
api:list_metrics              GET  token     token     token     token     token     token     token
api:show_metric               GET  token     token     token     token     token     token     token
api:list_metric_stories       GET  token     token     token     token     token     token     token
api:keep_customer_months      POST token     token     token     token     token     token     token
api:list_events               GET  token     token     token     token     token     token     token
api:keep_touchpoint_event     POST token     token     token     token     token     token     token
api:list_causes               GET  token     token     token     token     token     token     token
api:show_cause                GET  token     token     token     token     token     token     token
api:say_what_stood_in_my_way  POST token     token     token     token     token     token     token
api:list_surveys              GET  token     token     token     token     token     token     token
api:show_survey_scores        GET  token     token     token     token     token     token     token
api:list_survey_responses     GET  token     token     token     token     token     token     token
api:list_recognitions         both token     token     token     token     token     token     token
api:write_down_recognition    both token     token     token     token     token     token     token
api:say_who_it_was            POST token     token     token     token     token     token     token
api:list_journeys             GET  token     token     token     token     token     token     token
api:show_ways                 GET  token     token     token     token     token     token     token
api:show_journey              GET  token     token     token     token     token     token     token
api:list_stories              GET  token     token     token     token     token     token     token
api:show_story                GET  token     token     token     token     token     token     token
api:list_heard                GET  token     token     token     token     token     token     token
api:api-root                  both none      none      none      none      none      none      none
front                         GET  in        in        in        in        in        in        in
icon                          GET  in        in        in        in        in        in        in
healthz                       GET  in        in        in        in        in        in        in
readyz                        GET  in        in        in        in        in        in        in
form                          both in        in        in        in        in        in        in
thanks                        GET  none      in        in        in        in        in        in
good_word                     both in        in        in        in        in        in        in
good_word_thanks              GET  none      in        in        in        in        in        in
about_one                     both none      in        in        in        in        in        in
own_story                     both in        in        in        in        in        in        in
own_story_thanks              both none      in        in        in        in        in        in
told_stories                  GET  in        in        in        in        in        in        in
heard                         GET  in        in        in        in        in        in        in
me_too                        both in        in        in        in        in        in        in
public_audit                  GET  none      none      none      none      none      none      none
page                          both none      in        in        in        in        in        in
page_add                      POST none      in        in        in        in        in        in
page_praise                   POST none      in        in        in        in        in        in
page_show                     POST none      in        in        in        in        in        in
page_link                     POST none      in        in        in        in        in        in
page_by_mail                  POST none      in        in        in        in        in        in
it_is_me                      both none      in        in        in        in        in        in
go_on                         both none      in        in        in        in        in        in
page_read                     POST none      in        in        in        in        in        in
page_forget                   POST none      in        in        in        in        in        in
survey_page                   both none      in        in        in        in        in        in
survey_page_thanks            GET  none      in        in        in        in        in        in
survey_at                     both in        in        in        in        in        in        in
survey_at_thanks              GET  none      in        in        in        in        in        in
survey_stop                   both none      in        in        in        in        in        in
letter_page                   GET  none      in        in        in        in        in        in
story_consent                 both none      in        in        in        in        in        in
account_login                 both in        in        in        in        in        in        in
sign_in_link                  both over      over      over      over      over      over      over
account_logout                both in        in        in        in        in        in        in
account_reauthenticate        both sign      sign      sign      no        no        no        no
account_inactive              GET  in        in        in        in        in        in        in
account_change_password       both sign      sign      sign      in        in        in        in
account_set_password          both sign      sign      sign      in        in        in        in
mfa_authenticate              both in        in        in        in        in        in        in
mfa_reauthenticate            both sign      sign      sign      no        no        no        no
mfa_index                     GET  sign      sign      sign      in        in        in        in
mfa_activate_totp             both sign      sign      sign      in        in        in        in
mfa_deactivate_totp           both sign      sign      sign      none      none      none      none
mfa_view_recovery_codes       GET  sign      sign      sign      none      none      none      none
mfa_generate_recovery_codes   both sign      sign      sign      in        in        in        in
mfa_download_recovery_codes   both sign      sign      sign      none      none      none      none
mfa_list_webauthn             GET  sign      sign      sign      in        in        in        in
mfa_add_webauthn              both sign      sign      sign      in        in        in        in
mfa_remove_webauthn           both sign      sign      sign      none      none      none      none
mfa_edit_webauthn             both sign      sign      sign      none      none      none      none
mfa_login_webauthn            both in        in        in        in        in        in        in
mfa_reauthenticate_webauthn   both sign      sign      sign      no        no        no        no
inbox                         GET  sign      sign      sign      in        in        in        in
about                         GET  sign      sign      sign      in        in        in        in
write_down                    both sign      sign      sign      in        in        in        in
paper                         both sign      sign      sign      in        in        in        in
paper_read                    GET  sign      sign      sign      in        in        in        in
paper_page                    GET  sign      sign      sign      in        in        in        in
paper_pdf                     GET  sign      sign      sign      in        in        in        in
paper_fact                    POST sign      sign      sign      in        in        in        in
paper_words                   POST sign      sign      sign      in        in        in        in
paper_answers                 POST sign      sign      sign      in        in        in        in
case                          GET  sign      sign      sign      in        in        in        in
case_seen                     POST sign      sign      sign      in        in        in        in
case_reply                    POST sign      sign      sign      in        in        in        in
case_draft                    POST sign      sign      sign      in        in        in        in
case_note                     POST sign      sign      sign      in        in        in        in
case_owner                    POST sign      sign      sign      in        in        in        in
case_ask                      POST sign      sign      sign      in        in        in        in
case_promise                  POST sign      sign      sign      in        in        in        in
case_kind                     POST sign      sign      sign      in        in        in        in
case_verdict                  POST sign      sign      sign      in        in        in        in
case_duty                     POST sign      sign      sign      in        in        in        in
case_confirm                  POST sign      sign      sign      in        in        in        in
case_belonging                GET  sign      sign      sign      in        in        in        in
case_join                     POST sign      sign      sign      in        in        in        in
case_same_person              POST sign      sign      sign      in        in        in        in
case_part                     POST sign      sign      sign      in        in        in        in
case_links                    POST sign      sign      sign      in        in        in        in
case_not_asked                POST sign      sign      sign      in        in        in        in
case_give                     POST sign      sign      sign      in        in        in        in
case_not_a_repeat             POST sign      sign      sign      in        in        in        in
gift_decide                   POST sign      sign      sign      in        in        in        in
gift_done                     POST sign      sign      sign      in        in        in        in
touchpoint_list               both sign      sign      sign      no        no        in        in
months_list                   both sign      sign      sign      no        no        in        in
letters                       GET  sign      sign      sign      in        in        in        in
letters_print                 GET  sign      sign      sign      in        in        in        in
letters_posted                POST sign      sign      sign      in        in        in        in
letter                        GET  sign      sign      sign      in        in        in        in
letter_posted                 POST sign      sign      sign      in        in        in        in
letter_not_posted             POST sign      sign      sign      in        in        in        in
message_take_back             POST sign      sign      sign      in        in        in        in
message_rest                  POST sign      sign      sign      in        in        in        in
message_wake                  POST sign      sign      sign      in        in        in        in
message_aside                 POST sign      sign      sign      in        in        in        in
message_original              GET  sign      sign      sign      in        in        in        in
message_html                  GET  sign      sign      sign      in        in        in        in
file                          GET  sign      sign      sign      in        in        in        in
case_cause                    POST sign      sign      sign      in        in        in        in
causes                        GET  sign      sign      sign      in        in        in        in
cause_new                     POST sign      sign      sign      in        in        in        in
cause                         GET  sign      sign      sign      in        in        in        in
cause_seen                    POST sign      sign      sign      in        in        in        in
cause_change                  POST sign      sign      sign      in        in        in        in
cause_promise                 POST sign      sign      sign      in        in        in        in
cause_fix                     POST sign      sign      sign      in        in        in        in
cause_fix_back                POST sign      sign      sign      in        in        in        in
cause_decide                  POST sign      sign      sign      in        in        in        in
cause_judge                   POST sign      sign      sign      in        in        in        in
gathered_let_go               POST sign      sign      sign      in        in        in        in
gathered_told                 POST sign      sign      sign      in        in        in        in
gathered_word                 POST sign      sign      sign      in        in        in        in
journeys                      GET  sign      sign      sign      in        in        in        in
journey_people                GET  sign      sign      sign      in        in        in        in
journey_log                   GET  sign      sign      sign      no        no        in        in
journey_flow                  GET  sign      sign      sign      in        in        in        in
journey_new                   both sign      sign      sign      in        in        in        in
journey                       GET  sign      sign      sign      in        in        in        in
journey_change                both sign      sign      sign      no        no        in        in
journey_retire                POST sign      sign      sign      no        no        in        in
journey_print                 GET  sign      sign      sign      in        in        in        in
journey_export                GET  sign      sign      sign      in        in        in        in
said_in_public                GET  sign      sign      sign      in        in        in        in
seen_in_public                both sign      sign      sign      in        in        in        in
posts_list                    both sign      sign      sign      no        no        in        in
post_reach                    POST sign      sign      sign      in        in        in        in
promises                      GET  sign      sign      sign      in        in        in        in
standing                      GET  sign      sign      sign      in        in        in        in
standing_new                  both sign      sign      sign      no        no        no        in
standing_one                  GET  sign      sign      sign      in        in        in        in
standing_change               both sign      sign      sign      no        no        no        in
case_standing                 both sign      sign      sign      in        in        in        in
promise_keep                  POST sign      sign      sign      in        in        in        in
promise_new_hour              POST sign      sign      sign      in        in        in        in
set_aside                     GET  sign      sign      sign      in        in        in        in
bring_back                    POST sign      sign      sign      in        in        in        in
arrival_original              GET  sign      sign      sign      in        in        in        in
arrival_take_in               POST sign      sign      sign      in        in        in        in
audit                         GET  sign      sign      sign      in        in        in        in
pulse                         GET  sign      sign      sign      in        in        in        in
pulse_numbers                 GET  sign      sign      sign      in        in        in        in
figure                        GET  sign      sign      sign      in        in        in        in
figure_csv                    GET  sign      sign      sign      in        in        in        in
people                        GET  sign      sign      sign      in        in        in        in
person_new                    both sign      sign      sign      no        no        no        in
person                        GET  sign      sign      sign      no        no        in        in
person                        POST sign      sign      sign      no        no        no        in
person_link                   POST sign      sign      sign      no        no        no        in
person_leave                  POST sign      sign      sign      no        no        no        in
surveys                       GET  sign      sign      sign      in        in        in        in
survey_new                    both sign      sign      sign      no        no        in        in
survey_preview                POST sign      sign      sign      no        no        in        in
survey                        GET  sign      sign      sign      in        in        in        in
survey                        POST sign      sign      sign      no        no        in        in
survey_open                   POST sign      sign      sign      no        no        in        in
survey_close                  POST sign      sign      sign      no        no        in        in
survey_card                   GET  sign      sign      sign      none      none      none      none
survey_scores                 GET  sign      sign      sign      in        in        in        in
survey_people                 GET  sign      sign      sign      in        in        in        in
person_praise                 GET  sign      sign      sign      in        none      none      in
person_praise_seen            POST sign      sign      sign      in        none      none      in
person_card                   GET  sign      sign      sign      in        none      none      in
recognition                   GET  sign      sign      sign      in        in        in        in
recognition_looking           GET  sign      sign      sign      in        in        in        in
recognition_heard             both sign      sign      sign      in        in        in        in
recognition_it_was            POST sign      sign      sign      in        in        in        in
recognition_no_praise         POST sign      sign      sign      in        in        in        in
recognition_answer            POST sign      sign      sign      in        none      none      none
recognition_show_read         POST sign      sign      sign      in        none      none      none
recognition_card              both sign      sign      sign      in        none      none      in
stories                       GET  sign      sign      sign      in        in        in        in
story_choose                  POST sign      sign      sign      in        in        in        in
story                         GET  sign      sign      sign      in        in        in        in
story_seen                    POST sign      sign      sign      no        in        in        in
story_leave_out               POST sign      sign      sign      no        in        in        in
story_sides                   POST sign      sign      sign      no        in        in        in
story_ask                     POST sign      sign      sign      no        in        in        in
story_said                    POST sign      sign      sign      no        in        in        in
story_card                    GET  sign      sign      sign      in        in        in        in
story_picture                 GET  sign      sign      sign      in        in        in        in
what_we_heard                 both sign      sign      sign      no        no        in        in
heard_did                     POST sign      sign      sign      no        no        in        in
heard_show                    POST sign      sign      sign      no        no        in        in
heard_down                    POST sign      sign      sign      no        no        in        in
theories                      both sign      sign      sign      in        in        in        in
theory                        GET  sign      sign      sign      in        in        in        in
theory_weigh                  POST sign      sign      sign      in        in        in        in
theory_give_up                POST sign      sign      sign      in        in        in        in
places                        GET  sign      sign      sign      no        no        no        in
place_new                     both sign      sign      sign      no        no        no        in
place                         both sign      sign      sign      no        no        no        in
place_card                    GET  sign      sign      sign      no        no        no        in
touchpoint_new                both sign      sign      sign      no        no        no        in
touchpoint                    both sign      sign      sign      no        no        no        in
small_thing_at                both in        in        in        in        in        in        in
small_thing_thanks            GET  none      in        in        in        in        in        in
small_things                  GET  sign      sign      sign      in        in        in        in
small_thing_new               both sign      sign      sign      in        in        in        in
small_thing                   GET  sign      sign      sign      in        in        in        in
small_thing_told              POST sign      sign      sign      in        in        in        in
small_thing_photo             GET  sign      sign      sign      in        in        in        in
small_thing_settle            POST sign      sign      sign      in        in        in        in
small_thing_hand_on           POST sign      sign      sign      in        in        in        in
small_thing_before            POST sign      sign      sign      in        in        in        in
small_thing_not_before        POST sign      sign      sign      in        in        in        in
cause_seen_before             POST sign      sign      sign      none      none      none      none
touchpoint_card               GET  sign      sign      sign      no        no        no        in
your_part                     both sign      sign      sign      in        in        in        in
your_part_sheet               GET  sign      sign      sign      in        in        in        in
words                         GET  sign      sign      sign      in        in        in        in
house                         both sign      sign      sign      no        no        no        in
remedies                      GET  sign      sign      sign      no        no        in        in
remedy_new                    both sign      sign      sign      no        no        in        in
remedies_given                GET  sign      sign      sign      no        no        in        in
remedies_given_to             GET  sign      sign      sign      no        no        none      none
remedy                        both sign      sign      sign      no        no        in        in
remedy_retire                 POST sign      sign      sign      no        no        in        in
theme                         POST sign      sign      sign      in        in        in        in
accounts                      GET  sign      sign      sign      no        no        no        in
account_new                   both sign      sign      sign      no        no        no        in
account                       both sign      sign      sign      no        no        no        in
account_try                   POST sign      sign      sign      no        no        no        in
account_open                  POST sign      sign      sign      no        no        no        in
account_close                 POST sign      sign      sign      no        no        no        in
"""


@dataclass(frozen=True)
class Row:
    """One address by one method, and what becomes of each person."""

    name: str
    method: str
    outcomes: dict[str, str]


def rows() -> list[Row]:
    """The table above, with a row for each method."""
    found = []
    for line in MATRIX.strip().splitlines()[1:]:
        name, method, *outcomes = line.split()
        for one in ["GET", "POST"] if method == "both" else [method]:
            found.append(Row(name, one, dict(zip(PEOPLE, outcomes, strict=True))))
    return found
