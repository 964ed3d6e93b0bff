"""The vocabulary: everything that can happen to a customer, the sentence for it, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kept.timeline.happened import Happened as Happened


class Audience(StrEnum):
    """Who may read the sentence."""

    CUSTOMER = "customer"
    """Also on the customer's own page."""
    DESK = "desk"
    MANAGERS = "managers"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class Happening:
    """`says` is the sentence, with the Event's facts as {fields}; `by_name` is always there."""

    says: str | Lazy
    audience: Audience


C, D, M, A = Audience.CUSTOMER, Audience.DESK, Audience.MANAGERS, Audience.ADMINS

HAPPENINGS: Final[dict[Happened, Happening]] = {
    Happened.RECEIVED: Happening(_("{customer} wrote by {medium}"), C),
    Happened.OPENED: Happening(_("A new matter began"), D),
    Happened.MATCHED: Happening(_("Same matter, now by {medium}. The silence clock kept running."), D),
    Happened.ASSIGNED: Happening(_("{owner} has it: {why}"), C),
    Happened.SEEN_BY_OWNER: Happening(_("{by_name} opened it"), D),
    Happened.ACKNOWLEDGED: Happening(_("Acknowledged in {owner}’s name"), C),
    Happened.NOT_ACKNOWLEDGED: Happening(_("Not acknowledged: {why}"), D),
    Happened.REPLIED: Happening(_("{by_name} wrote"), C),
    Happened.CALLED: Happening(_("{by_name} rang: {result}"), C),
    Happened.TAKEN_BACK: Happening(_("{by_name} took a reply back before it went"), D),
    Happened.DELIVERED: Happening(_("It reached {address}"), D),
    Happened.NOT_DELIVERED: Happening(_("It did not reach {address}: {why}"), D),
    Happened.BOUNCED: Happening(_("It came back from {address}: {why}. The clock runs on as if it had never been sent."), D),
    Happened.NOTED: Happening(_("{by_name} left a note"), D),
    Happened.RESTED: Happening(_("{by_name} put their words to rest: {why}"), D),
    Happened.DUTY_GIVEN: Happening(_("To do by hand: {what}"), D),
    Happened.DUTY_DONE: Happening(_("{by_name} did it: {what}"), D),
    Happened.CLIMBED: Happening(_("Time gone: {level} %; told: {told}"), D),
    Happened.PROMISED: Happening(_("Promised: {what}"), C),
    Happened.HELD_TO: Happening(_("{by_name} held us to what everybody is promised: {what}"), D),
    Happened.STANDING_ADDED: Happening(_("{by_name} wrote down what everybody is promised: {what}"), D),
    Happened.STANDING_CHANGED: Happening(_("{by_name} changed what everybody is promised ({what}): {changed}"), D),
    Happened.KEPT: Happening(_("Kept: {what}"), C),
    Happened.BROKEN: Happening(_("The hour passed: {what}"), C),
    Happened.RENEGOTIATED: Happening(_("A new hour was agreed for: {what}"), C),
    Happened.FIRMED: Happening(_("What it waited for is here: {what}"), D),
    Happened.LINK_MAILED: Happening(_("The link to their page was mailed again"), D),
    Happened.REMINDED: Happening(_("Reminded of what we asked"), C),
    Happened.ASKED: Happening(_("Asked whether it is solved"), C),
    Happened.ASKED_IN_WRITING: Happening(_("Asked in writing whether the spoken yes is so"), D),
    Happened.SAID_NOT_YET: Happening(_("{customer} said: not yet"), C),
    Happened.ENDED: Happening(_("It ended: {reason}"), C),
    Happened.REOPENED: Happening(_("It goes on: {why}"), C),
    Happened.SET_ASIDE: Happening(_("Set aside: {why}"), D),
    Happened.BROUGHT_BACK: Happening(_("{by_name} brought it back"), D),
    Happened.PROVEN: Happening(_("{address} is proven"), D),
    Happened.PARTICIPANT_CONFIRMED: Happening(_("{by_name} confirmed who is writing"), D),
    Happened.CUSTOMERS_JOINED: Happening(_("{by_name} said that {who} is also known as {known}"), D),
    Happened.CUSTOMERS_PARTED: Happening(_("{by_name} said that {who} and {other} are two people after all"), D),
    Happened.CASES_JOINED: Happening(_("{by_name} joined what is the same matter: {what}"), D),
    Happened.CASES_PARTED: Happening(_("{by_name} said that these are two matters after all: {what}"), D),
    Happened.POSTS_BROUGHT: Happening(_("{by_name} brought a list of public posts: {rows} rows, {new} new, {repeats} known"), M),
    Happened.ADDRESS_ASKED: Happening(_("They named an e-mail address; a mail there asks whether it is theirs"), D),
    Happened.CLASSIFIED: Happening(_("{by_name} called it {what}"), D),
    Happened.ERASURE_ASKED: Happening(_("{customer} asked us to delete what we keep"), D),
    Happened.PAGE_LINKS_REVOKED: Happening(_("{by_name} made all older page links invalid"), D),
    Happened.EMPLOYEE_ADDED: Happening(_("{by_name} added {name}"), M),
    Happened.EMPLOYEE_CHANGED: Happening(_("{by_name} changed {name}: {what}"), M),
    Happened.SIGN_IN_LINK_MADE: Happening(_("A sign-in link was made for {name}"), A),
    Happened.SIGNED_IN_FIRST: Happening(_("{name} signed in for the first time"), A),
    Happened.TOKEN_MADE: Happening(_("An API token was made: {name}"), A),
    Happened.TOKEN_REVOKED: Happening(_("An API token was revoked: {name}"), A),
    Happened.ACCOUNT_ADDED: Happening(_("A way in was added: {name}"), A),
    Happened.ACCOUNT_CHANGED: Happening(_("{by_name} changed {name}: {what}"), A),
    Happened.ACCOUNT_OPENED: Happening(_("{name} may send now"), M),
    Happened.STREAM_MISSED: Happening(_("The stream of {name} no longer knew what was said for a while; it was searched for"), M),
    Happened.ACCOUNT_CLOSED: Happening(_("{name} was closed"), M),
    Happened.HOUSE_CHANGED: Happening(_("{by_name} changed the house: {what}"), A),
    Happened.PLACE_ADDED: Happening(_("A place was added: {name}"), M),
    Happened.PLACE_CHANGED: Happening(_("{by_name} changed {name}: {what}"), M),
    Happened.TOUCHPOINT_ADDED: Happening(_("A touchpoint was added: {name}"), M),
    Happened.TOUCHPOINT_CHANGED: Happening(_("{by_name} changed {name}: {what}"), M),
    Happened.RELEASED: Happening(_("{survey} asks {count} more: there are {places} free places, and {out} may still answer"), M),
    Happened.SHORT_OF_ROOM: Happening(_("{name} brings {contacts} people a week, and there is room to answer {room}"), M),
    Happened.KEEPS_UP_AGAIN: Happening(_("{name} is answered in time again"), M),
    Happened.INVITED: Happening(_("Asked how it was: {survey}"), D),
    Happened.INVITED_ONCE_MORE: Happening(_("Reminded, once, of the question how it was: {survey}"), D),
    Happened.INVITATION_CAME_BACK: Happening(_("The question how it was did not reach {address}: {why}"), D),
    Happened.OPTED_OUT: Happening(_("{customer} wants no more questions of how it was"), D),
    Happened.OPTED_IN: Happening(_("{customer} may be asked again how it was: they took it back themselves"), D),
    Happened.NOT_TO_BE_ASKED: Happening(_("{by_name} said that {customer} is not to be asked how it was: {why}"), D),
    Happened.MAY_BE_ASKED: Happening(_("{by_name} said that {customer} may be asked again how it was"), D),
    Happened.FACTS_LEARNED: Happening(_("Known of {customer} from now on: {what}"), D),
    Happened.CAUSE_OPENED: Happening(_("{by_name} called it a root: {title}. {owner} looks after it"), D),
    Happened.CAUSE_CHANGED: Happening(_("{by_name} changed {title}: {what}"), D),
    Happened.LOOKED_ALIKE: Happening(_("{count} matters looked alike: {title}"), D),
    Happened.CAUSE_TURNED_DOWN: Happening(_("{by_name} said that these are not one root: {title}"), D),
    Happened.GATHERED: Happening(_("{by_name} said what stood in the way: {title}"), D),
    Happened.LET_GO: Happening(_("{by_name} said that this is not what stood in the way: {title}"), D),
    Happened.FIX_PROMISED: Happening(_("{by_name} promised the fix by {day}: {fix}"), D),
    Happened.FIX_MOVED: Happening(_("{by_name} moved the fix to {day}: {why}"), D),
    Happened.FIX_LATE: Happening(_("The day of the fix is over: {title}; told: {told}"), D),
    Happened.FIXED: Happening(_("{by_name} said that it is mended: {fix}"), D),
    Happened.FIX_TAKEN_BACK: Happening(_("{by_name} took back that it is mended"), D),
    Happened.TELLING_FIXED: Happening(_("They are written to: it is mended ({title})"), D),
    Happened.TOLD_FIXED: Happening(_("They know that it is mended: {title}"), D),
    Happened.TIME_TO_LOOK: Happening(_("Time to look whether it came back: {title}; told: {told}"), D),
    Happened.CAUSE_HELD: Happening(_("{by_name} looked, and it held: {says}"), D),
    Happened.CAUSE_BACK: Happening(_("{by_name} looked, and it came back: {says}"), D),
    Happened.SCORED: Happening(_("{customer} gave {score} for “{survey}”"), D),
    Happened.LIST_TAKEN_IN: Happening(_("{by_name} brought in a list of who met us: {touchpoint}, {rows} rows"), M),
    Happened.MONTHS_IMPORTED: Happening(
        _("{by_name} brought in what customers were worth: {rows} rows, {new} new, {changed} changed"), M
    ),
    Happened.WEEK_TOLD: Happening(_("{to} was sent the numbers of the week from {day}, with their people"), M),
    Happened.FILING_FAILED: Happening(_("It could not be filed by itself: {why}"), D),
    Happened.PUBLISHED: Happening(_("The audit of {day} was published"), D),
    Happened.SURVEY_SET_UP: Happening(_("{by_name} set up the survey {name}"), D),
    Happened.SURVEY_CHANGED: Happening(_("{by_name} changed the survey {name}: {what}"), D),
    Happened.SURVEY_REWORDED: Happening(_("{by_name} worded {name} anew; answers so far keep the question they were asked"), D),
    Happened.SURVEY_OPENED: Happening(_("{name} asks from now on"), D),
    Happened.SURVEY_CLOSED: Happening(_("{name} asks nobody any more"), D),
    Happened.RECOUNTED: Happening(_("The figures of {name} were counted anew; {rows} were wrong"), M),
    Happened.PRAISE_NOTICED: Happening(_("A good word about one of us was noticed; a person has to say who it was"), D),
    Happened.PRAISE_GIVEN: Happening(_("A good word about {whom}"), D),
    Happened.PRAISE_PASSED_ON: Happening(_("The good word was passed on to {to}"), D),
    Happened.NO_PRAISE: Happening(_("{by_name} said that it is no praise: {why}"), D),
    Happened.PRAISE_TOLD: Happening(_("Told that their good word was passed on"), D),
    Happened.PRAISE_READ: Happening(_("{by_name} read what was said"), D),
    Happened.PRAISE_READ_SHOWN: Happening(_("{by_name} decided whether the writer may know that it was read"), D),
    Happened.PRAISE_ANSWERED: Happening(_("{by_name} wrote one line back"), D),
    Happened.PRAISE_PRINTED: Happening(_("{by_name} printed the card with these words"), D),
    Happened.ONLY_COMPLAINTS: Happening(_("A week in which no good word reached {team}; {manager} was told"), M),
    Happened.REMEDY_ADDED: Happening(_("{by_name} added something we may give: {name}"), M),
    Happened.REMEDY_CHANGED: Happening(_("{by_name} changed {name}: {what}"), M),
    Happened.GIVEN: Happening(_("{by_name} gives: {what}"), C),
    Happened.GIFT_ASKED: Happening(_("{by_name} asked {asked} whether this may be given: {what}"), D),
    Happened.GIFT_REFUSED: Happening(_("{by_name} decided that this is not given: {what}. {why}"), D),
    Happened.GIFT_WITHOUT_A_WORD: Happening(_("No word from {asked} yet on: {what}. Told: {told}."), D),
    Happened.GIFT_DONE: Happening(_("They have it: {what}"), C),
    Happened.REPEATED: Happening(_("This happened to them before: now for time number {times}"), D),
    Happened.NOT_A_REPEAT: Happening(_("{by_name} said that it is not the same thing again"), D),
    Happened.MAP_DRAWN: Happening(_("{by_name} drew a map: {name}"), D),
    Happened.MAP_CHANGED: Happening(_("{by_name} changed the map {name}: {what}"), D),
    Happened.SMALL_THING_SEEN: Happening(_("{owner} sees to a small thing that somebody noticed: {says}"), D),
    Happened.SMALL_THING_HANDED_ON: Happening(_("{by_name} handed it on: {owner} sees to it"), D),
    Happened.SMALL_THING_LATE: Happening(_("The hour is over, and nobody has seen to it; told: {told}"), D),
    Happened.SMALL_THING_DONE: Happening(_("{by_name} saw to it: {became}"), D),
    Happened.SMALL_THING_LEFT: Happening(_("{by_name} leaves it as it is: {became}"), D),
    Happened.SEEN_BEFORE: Happening(_("{by_name} said that somebody had seen it before: {says}"), D),
    Happened.NOT_SEEN_BEFORE: Happening(_("{by_name} said that it has nothing to do with what was seen: {says}"), D),
    Happened.POST_TAKEN_BACK: Happening(_("They took their post back; its words are gone here, too"), D),
    Happened.REACHED: Happening(_("More than {rung} people may have read it by now ({reach}); told: {told}"), D),
    Happened.REACH_WRITTEN: Happening(_("{by_name} wrote down how far the post reached: {reach}"), D),
    Happened.STORY_CHOSEN: Happening(_("{by_name} chose words of theirs as a story"), D),
    Happened.STORY_TOLD: Happening(_("They told a story of their own"), D),
    Happened.STORY_COVERED: Happening(_("{by_name} changed what is left out of the story"), D),
    Happened.STORY_SEEN: Happening(_("{by_name} read the story as it will be shown"), D),
    Happened.STORY_SIDES: Happening(_("{by_name} wrote down our side of the story"), D),
    Happened.CONSENT_ASKED: Happening(_("{by_name} asked whether others may read these words"), D),
    Happened.CONSENT_GIVEN: Happening(_("They said how far their words may go: {scope}"), D),
    Happened.CONSENT_REFUSED: Happening(_("They do not want others to read these words"), D),
    Happened.STORY_WITHDRAWN: Happening(_("They took their story back; nobody sees it any more"), D),
    Happened.THEORY_SAID: Happening(_("{by_name} has a theory: {says}"), D),
    Happened.THEORY_WEIGHED: Happening(_("{by_name} named a story {side} the theory: {says}"), D),
    Happened.THEORY_GIVEN_UP: Happening(_("{by_name} gave the theory up: {says}"), D),
    Happened.HEARD_WRITTEN: Happening(_("{by_name} wrote down what was said and what we did: {said}"), D),
    Happened.HEARD_SHOWN: Happening(_("{by_name} put it on the page of what we heard: {said}"), D),
    Happened.HEARD_TAKEN_DOWN: Happening(_("{by_name} took it off the page of what we heard: {said}"), D),
    Happened.ME_TOO: Happening(_("The same happened to them: {said}"), D),
    Happened.ME_TOO_TOLD: Happening(_("Told what we did about it: {said}"), D),
    Happened.ADDRESS_WRITTEN: Happening(_("{by_name} wrote down where {customer} gets letters"), D),
    Happened.LETTER_READY: Happening(_("A letter lies ready to be printed and posted"), D),
    Happened.POSTED: Happening(_("{by_name} posted the letter on {day}"), C),
    Happened.POSTING_TAKEN_BACK: Happening(_("{by_name} took back that the letter is in the post"), D),
    Happened.STORIES_MAILED: Happening(_("The week’s stories went to {team}"), D),
    Happened.LETTER_READ: Happening(_("Read by machine: {pages}. Words in doubt: {doubtful}"), D),
    Happened.LETTER_NOT_READ: Happening(_("Not read by machine: {why}"), D),
    Happened.LETTER_FACT_CONFIRMED: Happening(_("{by_name} saw in the letter: {what}"), D),
    Happened.LETTER_FACT_TURNED_DOWN: Happening(_("{by_name} said that the letter does not say: {what}"), D),
    Happened.LETTER_CORRECTED: Happening(_("{by_name} mended what the machine had read"), D),
}


WHY_NOT: Final[dict[str, str | Lazy]] = {
    "watched": _("it is an account that we watch, and nothing is said to it by itself"),
    "not_wanted": _("their mail asks for no automatic answer, or may not be from them"),
    "no_contact": _("they want nobody to contact them"),
    "no_way_back": _("there is no address to write to"),
    "in_public": _("in public only a person says that the words are here"),
    "listen_only": _("we only listen here so far"),
    "no_mailbox": _("no mailbox of ours can send"),
    "dead_address": _("mail to their address comes back"),
    "address_limit": _("two went to this address today, and we do not know yet that it is theirs"),
    "live_exchange": _("you are talking just now"),
    "already_told": _("they know who has it and by when"),
    "minor": _("they are a child"),
    "bereaved": _("somebody close to them has died"),
    "told_us": _("they told one of us that they want no questions"),
}
"""Why nobody was acknowledged (R4), or is not to be asked (R9): the code in the facts, and what a person reads. Other reasons
are words already."""


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(kind: str, facts: dict[str, object], *, by_name: str) -> str:
    """The sentence of one Event in the reader's language; what was erased reads "…"."""
    told = _Blank({"by_name": by_name, **facts})
    if "why" in told:
        told["why"] = WHY_NOT.get(str(told["why"]), told["why"])
    return str(HAPPENINGS[Happened(kind)].says).format_map(told)
