"""Everything that happens because time passed, on one page."""

from __future__ import annotations

from kept.audit.proving import publish_the_audit
from kept.cases.escalating import escalate_the_overdue
from kept.causes.hearing_back import see_who_was_told
from kept.causes.proposing import propose_what_may_belong_together
from kept.causes.reminding import tell_who_looks_after_causes
from kept.clock.periods import every
from kept.intake.filing import file_what_waits
from kept.intake.hearing_letters import read_letters_that_wait
from kept.intake.models import Arrival
from kept.journeys.mining import mine_ways
from kept.letters.models import LetterReading
from kept.numbers.telling_leaders import mail_the_week, tell_leaders_of_the_week
from kept.observations.reminding import tell_of_small_things_that_wait
from kept.outcomes.asking import ask_how_it_ended
from kept.people.models import Notice
from kept.promises.keeping import break_promises_past_due
from kept.recognition.hearing_only_complaints import tell_who_only_hears_complaints
from kept.recognition.mailing import mail_good_words
from kept.recognition.models import Recognition
from kept.remedies.deciding import tell_of_gifts_without_a_word
from kept.replies.delivering import deliver_what_waits
from kept.replies.models import Delivery
from kept.replies.telling_by_mail import mail_what_employees_are_told
from kept.stories.hearing import tell_who_joined
from kept.stories.mailing import mail_stories, send_the_weeks_stories
from kept.surveys.counting_looks import count_machine_looks
from kept.surveys.inviting import send_invitations
from kept.surveys.keeping_up import tell_where_room_is_short
from kept.surveys.models import Invitation
from kept.surveys.occasions import ask_after_endings, ask_on_schedule
from kept.surveys.recounting import check_the_counts
from kept.surveys.releasing import release_what_fits
from kept.surveys.tallying import count_who_answered_late, count_who_was_asked
from kept.timeline.sealing import seal

DUTIES = [  # how often     what happens                      woken at once by
    every("5 seconds", file_what_waits, bells=(Arrival,)),
    every("5 seconds", deliver_what_waits, bells=(Delivery,)),
    every("5 seconds", mail_what_employees_are_told, bells=(Notice,)),
    every("5 seconds", mail_good_words, bells=(Recognition,)),
    every("1 minute", mail_the_week),
    every("5 seconds", send_invitations, bells=(Invitation,)),
    every("10 seconds", read_letters_that_wait, bells=(LetterReading,)),
    every("5 seconds", escalate_the_overdue),
    every("5 seconds", break_promises_past_due),
    every("5 seconds", tell_of_gifts_without_a_word),
    every("2 seconds", seal),
    every("10 minutes", ask_how_it_ended),
    every("10 minutes", ask_after_endings),
    every("1 minute", see_who_was_told),
    every("10 minutes", tell_who_looks_after_causes),
    every("10 minutes", tell_of_small_things_that_wait),
    every("10 minutes", tell_who_joined),
    every("10 minutes", send_the_weeks_stories),
    every("1 minute", mail_stories),
    every("1 hour", propose_what_may_belong_together),
    every("1 day", ask_on_schedule),
    every("10 minutes", release_what_fits),
    every("1 day", tell_where_room_is_short),
    every("1 minute", count_machine_looks),
    every("1 minute", mine_ways),
    every("10 minutes", count_who_was_asked),
    every("1 day", count_who_answered_late),
    every("1 day", check_the_counts),
    every("1 day", publish_the_audit),
    every("1 day", tell_who_only_hears_complaints),
    every("1 hour", tell_leaders_of_the_week),
]
