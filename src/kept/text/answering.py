"""Does a reply speak to a question? By shared words, and by whether it holds the kind of answer asked for (T4)."""

from __future__ import annotations

import re

from kept.text.words import even, folded, sentences, stem, word_set, words

_LITTLE = word_set(
    folded(
        "a an the and or but if then so that this these those it its is are am was were be been being do does did done"
        " have has had having can could will would shall should may might"
        " must to of in on at by for from with about into as than too very just not no yes i me my we us our you your he"
        " she they them his her their there here what when where which who"
        " whom whose why how know let tell please like also again any some get got give happen happens hello dear thank"
        " thanks regards sorry say explain question wonder wondering"
        " understand ask asking advise confirm possible able still already now want need one really much many long often day time"
        " ich du er sie es wir ihr mich mir dich dir uns euch ihnen ihm ihn der die das den dem des ein eine einen einem"
        " einer und oder aber wenn dann so dass ob ist sind war waren sein haben habe"
        " hat hatte kann können könnte könnten wird werden würde würden soll sollte muss darf mag möchte möchten wissen"
        " sagen bitte danke hallo auch noch schon nur nicht kein keine ja nein"
        " was wann wo wer wen wem wie warum weshalb wieso welche welcher welches mit von für auf an in im am um zu zum"
        " zur bei aus nach über hier da gibt geben mal denn mein meine meinen unser ihre ihren"
    )
)
_ALIKE = (
    "refund reimburse repay moneyback credit money erstatt rueckzahl zurueckzahl gutschrift geld",
    "send deliver ship bring arrive dispatch parcel package delivery schick liefer versand paket lieferung bring"
    " ankomm kommt door tuer",
    "invoice bill receipt rechnung beleg",
    "ring call phone telephone number anruf ruf telefon nummer anrufen",
    "replace exchange swap substitute new ersetz austausch umtausch ersatz",
    "repair fix mend reparier reparatur",
    "cost price charge fee pay expensive preis kosten kostet zahl gebuehr",
    "open close hours oeffnungszeiten geoeffnet geschlossen oeffn",
    "cancel stornier kuendig storno",
    "address adresse anschrift",
    "happen occur wrong mistake error passier fehler schief",
    "manager boss responsible charge leiter verantwortlich chef zustaendig",
)
_GROUPS = {stem(word): f"={number}" for number, alike in enumerate(_ALIKE) for word in alike.split()}

_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:when|what time|what day|by when|until when|how (?:soon|long)|wann|wie lange|bis wann|seit wann"
            r"|um wie viel uhr)\b"
        ),
        re.compile(
            r"\b(?:\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm|uhr|o'clock)|today|tomorrow|tonight|yesterday|(?:mon|tues|wednes|thurs"
            r"|fri|satur|sun)day|\d+[ -](?:minutes?|hours?|days?|weeks?|working|months?|minuten|stunden|tagen?|wochen"
            r"|werktage)"
            r"|(?:one|two|three|four|five|six|seven|ten|few|zwei|drei|vier|fünf) (?:minutes|hours|(?:working )?days|weeks"
            r"|months|minuten|stunden|(?:werk)?tagen?|wochen)|noon|week|weekend|month|heute|morgen|übermorgen|montag|dienstag"
            r"|mittwoch|donnerstag"
            r"|freitag|samstag|sonntag|woche|monat|\d{1,2}(?:st|nd|rd|th)?\.? (?:january|february|march|april|may|june|july"
            r"|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)"
            r"|\d{1,2}\.\d{1,2}\.)\b"
        ),
    ),
    (
        re.compile(
            r"\b(?:how much|what (?:does|do|will|would) .{0,30}cost|what (?:is|are) the (?:price|cost|fee)|wie ?viel kostet"
            r"|was kostet|wie teuer|wie hoch)\b"
        ),
        re.compile(
            r"[£$€]\s?\d|\d\s?(?:£|\$|€|eur|euro|pounds?|gbp|usd|percent|%)|\b(?:free|no charge|at no cost|nothing|kostenlos"
            r"|gratis|umsonst|kostenfrei)\b"
        ),
    ),
    (
        re.compile(r"\b(?:how many|wie ?viele)\b"),
        re.compile(
            r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|none|all|both|eins?|zwei|drei|vier|fünf|sechs|keine?"
            r"|alle)\b"
        ),
    ),
    (
        re.compile(
            r"\b(?:what|which) (?:is )?(?:your |the |my )?(?:\w+ )?(?:number|address|e-?mail|phone|link|website)"
            r"|welche (?:nummer|adresse|telefonnummer)|wie lautet\b"
        ),
        re.compile(r"\d{3,}|@|https?://|www\."),
    ),
)
_WHO = re.compile(r"\b(?:who|whom|whose|wer|wen|wem|an wen|bei wem)\b")
_PERSON = re.compile(
    r"(?:\b(?:ring|call|ask|contact|write to|speak to|talk to|turn to|reach|fragen sie|rufen sie|wenden sie sich an|is"
    r"|was|ist|war|me)\b.{0,40}?)(?:\b(?i:me|mich|my colleague|mein(?:e|em|en)? kolleg\w+)\b|\b[A-ZÄÖÜ][a-zäöüß]+)"
    r"|\bI(?:'m|'ll| am| will| look| take| personally)\b|^[A-ZÄÖÜ][a-zäöüß]+ (?:looks|is|was|did|will|has|takes"
    r"|kümmert|ist|hat|wird)\b"
)
_WHERE = re.compile(r"\b(?:where|wohin|woher|wo)\b")
_PLACE = re.compile(
    r"\b(?:in|at|on|from|to|near|behind|beside|opposite|im|am|auf|bei|aus|nach|neben|hinter|unter|zur|zum)\b (?:the "
    r"|our |your |a |der |dem |den |unser\w* |ihr\w* )?\w+|\bhttps?://|\bhere:|\bbeneath|\bbelow\b|@"
)
_WHY = re.compile(
    r"\b(?:why|how come|what (?:went wrong|happened)|warum|weshalb|wieso|was (?:ist|war) (?:passiert|los"
    r"|schiefgelaufen))\b"
)
_REASON = re.compile(
    r"\b(?:because|since|due to|as we|reason|caused?|owing to|mistake|my fault|our fault|went wrong|forgot|forgotten"
    r"|broke|failed|lost|weil|denn|da wir|wegen|aufgrund|grund|fehler|vergessen|versehen)\b"
)
_HOW = re.compile(r"\b(?:how (?:do|can|should|does|would) (?:i|we|one)|wie (?:kann|können|muss|soll|geht))\b")
_STEPS = re.compile(
    r"\b(?:please|just|simply|you (?:can|need|only)|click|press|open|send|go to|by \w+ing|bitte|klicken|drücken|öffnen"
    r"|gehen sie|sie (?:können|brauchen|müssen))\b"
)
_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but|also|hello|und|aber|also|oder)[ ,]+)*(?:is|are|am|was|were|do|does|did|can|could|will|would"
    r"|shall|should|may|have|has|had|must|isn't|don't|won't|can't|ist|sind|war|haben|hat|kann|können|könnten|wird"
    r"|werden|darf|soll|gibt|geht|gilt|bekomme|muss|möchten|würden)\b|\b(?:if|whether|ob)\b"
)
_SAYS_YES = re.compile(
    r"\b(?:yes|no|yep|certainly|of course|sure|indeed|absolutely|definitely|unfortunately|sorry,? (?:but )?(?:no|we|i)"
    r"|i'm afraid|i am afraid|gladly|not (?:yet|possible|at the moment)|we (?:can|cannot|can't|do|don't|will|won't)"
    r"|you (?:can|may|cannot|can't)|will|won't|ja|nein|gerne?|leider|natürlich|selbstverständlich|klar|nicht möglich"
    r"|doch)\b"
)
_BARE_YES = re.compile(
    r"^\W*(?:(?:hello|hi|dear|hallo|liebe[r]?|guten tag)\b[^\n,.!]{0,40}[,.!]?\s*)?(?:yes|no|ja|nein|of course"
    r"|certainly|natürlich|gerne?|unfortunately|leider|sure)\b",
    re.MULTILINE,
)

ENOUGH_SHARED = 0.6
ENOUGH_WITH_KIND = 0.3


def covers(question: str, reply: str) -> bool:
    """Most of what the question is about comes back in the reply, or some of it together with the kind of answer asked for."""
    wanted = _content(question)
    low = even(reply)
    if not low.strip():
        return False
    said = _content(reply)
    if not wanted:
        return _answers_kind(question, reply, low) is True
    best = max((_share(wanted, _content(near)) for near in _near(reply)), default=0.0)
    overall = _share(wanted, said)
    kind = _answers_kind(question, reply, low)
    if kind is False:
        return False
    if kind is True:
        return max(best, overall) >= ENOUGH_WITH_KIND or _is_bare_yes(question, low)
    return best >= ENOUGH_SHARED


def _near(reply: str) -> list[str]:
    """Each sentence of the reply with the one after it: an answer seldom needs more room."""
    told = [sentence.text for sentence in sentences(reply)]
    return [f"{first} {second}" for first, second in zip(told, [*told[1:], ""], strict=False)]


_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
)
_NUMBERS = {word: str(number) for listed in _COUNTS for number, word in enumerate(listed.split())}


def _content(text: str) -> set[str]:
    """What it is about: stems without little words, near-synonyms as one."""
    found = set()
    for word in words(text):
        if folded(word) in _LITTLE or (len(word) < 3 and not word.isdigit()):
            continue
        root = stem(_NUMBERS.get(word, word))
        found.add(_GROUPS.get(root, root))
    return found


def _share(wanted: set[str], said: set[str]) -> float:
    return len(wanted & said) / len(wanted)


def _answers_kind(question: str, reply: str, low_reply: str) -> bool | None:
    """True if the reply holds the kind of answer asked for, False if it plainly lacks it, None if the question names no kind."""
    low = even(question)
    for asks, gives in _KINDS:
        if asks.search(low):
            return gives.search(low_reply) is not None
    if _WHO.search(low):
        return any(_PERSON.search(sentence.text) for sentence in sentences(reply))
    for asks, gives in ((_WHERE, _PLACE), (_WHY, _REASON), (_HOW, _STEPS)):
        if asks.search(low):
            return gives.search(low_reply) is not None
    return True if _YES_NO.search(low) and _SAYS_YES.search(low_reply) else None


def _is_bare_yes(question: str, low_reply: str) -> bool:
    """ "Yes, ..." right at the beginning answers a question that can be answered so."""
    return _YES_NO.search(even(question)) is not None and _BARE_YES.search(low_reply) is not None
