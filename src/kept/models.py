"""The index of models, for Django's eyes; nobody else imports it."""

from kept.accounts.models import Calendar, ChannelAccount, SlaPolicy
from kept.api.models import IdempotencyKey
from kept.audit.models import Statement
from kept.cases.models import Attached, Case, Duty, Message, Note, Participant, Posted, ReachReading, Rung
from kept.cases.page_reads import PageRead
from kept.causes.models import Cause, Gathered
from kept.due.models import Beat
from kept.intake.models import Arrival, Filed
from kept.journeys.models import Followed, JourneyMap, MapVersion, Walked
from kept.letters.models import LetterReading
from kept.numbers.models import CustomerMonth
from kept.observations.models import Observation, ObservedCase
from kept.outcomes.models import Verdict
from kept.people.models import ApiToken, Customer, Employee, House, Identity, Joining, Notice, SignInLink, Team
from kept.places.models import Brand, Place, Touchpoint
from kept.promises.models import Promise, StandingPromise
from kept.recognition.models import Candidate, Recognition
from kept.remedies.models import Gift, Remedy
from kept.replies.models import Delivery, Draft, Letter
from kept.stories.models import Consent, Evidence, Heard, MeToo, Story, StoryMail, Theory
from kept.surveys.models import AskedCount, Invitation, Response, ScoreCount, Survey, SurveyVersion
from kept.timeline.models import Event

__all__ = [
    "ApiToken",
    "Arrival",
    "AskedCount",
    "Attached",
    "Beat",
    "Brand",
    "Calendar",
    "Candidate",
    "Case",
    "Cause",
    "ChannelAccount",
    "Consent",
    "Customer",
    "CustomerMonth",
    "Delivery",
    "Draft",
    "Duty",
    "Employee",
    "Event",
    "Evidence",
    "Filed",
    "Followed",
    "Gathered",
    "Gift",
    "Heard",
    "House",
    "IdempotencyKey",
    "Identity",
    "Invitation",
    "Joining",
    "JourneyMap",
    "Letter",
    "LetterReading",
    "MapVersion",
    "MeToo",
    "Message",
    "Note",
    "Notice",
    "Observation",
    "ObservedCase",
    "PageRead",
    "Participant",
    "Place",
    "Posted",
    "Promise",
    "ReachReading",
    "Recognition",
    "Remedy",
    "Response",
    "Rung",
    "ScoreCount",
    "SignInLink",
    "SlaPolicy",
    "StandingPromise",
    "Statement",
    "Story",
    "StoryMail",
    "Survey",
    "SurveyVersion",
    "Team",
    "Theory",
    "Touchpoint",
    "Verdict",
    "Walked",
]
