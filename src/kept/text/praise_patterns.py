"""How good words are said of somebody, as patterns over an even clause in which \\x01 stands for whom it is about."""

from __future__ import annotations

import re

from kept.text.praise_words import BE, DEEDS, FOND, GLAD, GOOD, KINDNESS, THANK, TREASURE, WORK

WHO, OTHER = "\x01", "\x02"
"""In a clause: whom it is about, and anybody else of ours."""


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_N = r"\x01(?:'s|')?"
_FEW = r"(?: (?!that\b|dass\b|for\b|für\b|letting\b|sending\b|telling\b|asking\b)[^\s\x01\x02,;:]+){0,5}"
_AT = r"(?: (?:at|in|on|from|behind|with|an|im|am|mit|aus|von|vom|of) (?:the |your |our |der |dem |ihrem )?\w+(?: \w+)?)?"
_THEN = r"(?: (?!and\b|und\b|the\b|a\b|my\b|our\b|die\b|der\b|das\b|mein\w*|that\b|which\b)[^\s\x01\x02,;:]+){0,3}?"
_ON = (
    r"(?: (?!and (?:the|my|our|it|this|that|all|everything|i|we|a)\b|und (?:die|der|das|mein\w*|alles|es|ich|wir)\b)"
    r"[^\s\x01\x02,;:]+){0,6}?"
)
_ADVERBS = r"(?: [^\s\x01\x02,;:]+){0,6}?"

ABOUT_THEM = (
    _p(rf"\b(?:{THANK})\b{_FEW},? {_N}"),
    _p(rf"\b(?:thanks?|thank you|danke|dank) (?:again |so much )?(?:for|für) {_N}(?: \S+)? "),
    _p(rf"{_N},? (?:really |truly |certainly |wirklich )?(?:deserves?|verdient|hat\b[^,]* verdient)"),
    _p(
        rf"{_N}(?:,? (?:who|der|die|welche[rs]?))?(?:,[^,]{{1,50}},)?{_AT}{_THEN} (?:{BE})"
        rf"{_ON} (?:{KINDNESS}|{GOOD}|{TREASURE})\b"
    ),
    _p(rf"{_N}'s(?: [^\s\x01\x02,;:]+){{0,4}}? (?:{GOOD}|{KINDNESS}|{TREASURE})\b"),
    _p(rf"{_N}[^,;:\x02]{{0,80}} (?:{KINDNESS}|{GOOD})(?: \w+)? (?:{BE}|gemacht|beraten|bedient|betreut|geholfen|behandelt)\b"),
    _p(rf"{_N}(?:,? (?:who|der|die))?[^;:\x02]{{0,90}}\b(?:{DEEDS})"),
    _p(rf"\b(?:{BE}) {_N}(?: [^\s\x01\x02,;:]+){{0,4}} (?:{KINDNESS}|{GOOD}|{TREASURE})\b"),
    _p(rf"\b(?:{GOOD}|{KINDNESS}),?(?: [^\s\x01\x02,;:]+){{0,1}} {_N}(?:\W|$)"),
    _p(rf"\b(?:{GOOD}|{KINDNESS}|{TREASURE})(?: [^\s\x01\x02,;:]+){{0,2}} (?:{BE})(?: [^\s\x01\x02,;:]+){{0,3}} {_N}"),
    _p(rf"\b(?:{GOOD}|{KINDNESS})(?: \w+){{0,2}} (?:{WORK})(?: \w+){{0,3}}? (?:from|by|with|of|von|durch|bei"
        rf"|mit)(?: [^\s\x02,]+){{0,4}} {_N}"),
    _p(rf"{_N}[^;:\x02]{{0,60}}\b(?:did|made|done|gave|hat|leistet\w*|macht\w*"
        rf"|gemacht)\b[^;:\x02]{{0,40}}\b(?:{GOOD})(?: \w+)? (?:{WORK})"),
    _p(rf"\b(?:{FOND})(?: (?:you|your|our|the|dear|lovely|sweet|really|how|ihr\w*|eure\w*|den|die|herrn?|frau|sehr|colleague"
        rf"|driver|rider)){{0,3}} {_N}"),
    _p(rf"\b(?:{GLAD})(?: \w+){{0,3}} (?:by|with|at|to|von|mit|über|um)(?: [^\s\x01\x02,;:]+){{0,2}} {_N}"),
    _p(rf"{_N}(?: \w+){{0,3}} (?:dankbar|zu dank|stolz)"),
    _p(rf"\b(?:proud of|lucky to have|touched by(?: what| how)?|applause for|(?:looked after|cared for|taken care of"
        rf"|in good hands)(?: \w+)? (?:by|with))"
       rf"(?: (?:\w+ )?)?{_N}"),
    _p(rf"\bgive {_N} (?:a |an |the )?(?:big |huge |well-deserved )?(?:raise|medal|bonus|promotion|pay rise|pat|hug|gold star"
        rf"|day off|prize)"),
    _p(rf"\bauf {_N}[^;]*\bstolz|\bstolz auf {_N}|\bmit {_N}[^;:\x02]*\b(?:{GOOD}|glücksgriff|guten fang)"
        rf"|\bbei {_N}[^;]*\baufgehoben|hut ab vor {_N}"),
    _p(rf"\bmore (?:people |staff |drivers )?like {_N}"),
    _p(rf"\b(?:the way|how|wie) {_N}[^;:\x02]{{0,60}} (?:was|is|were|war|ist) (?:\w+ ){{0,2}}(?:{GOOD}|{KINDNESS})\b"),
    _p(rf"\b(?:schön|toll|großartig|beeindruckend|rührend|wonderful|lovely|touching|great)(?: \w+)?(?: \w+)?,? (?:zu sehen,? "
        rf"|to see )?(?:wie|how) {_N}"),
    _p(rf"{_N}[^;\x02]{{0,90}}, (?:what (?:a )?(?:great |wonderful |lovely )?(?:service|gentleman|lady|person|star|treat)"
        rf"|how (?:lovely|kind|nice|sweet|thoughtful)"
       rf"|(?:impressive|brilliant|wonderful|great|super|toll|klasse))\W*$"),
    _p(rf"(?:^|[.!] )\W*{_N}[,!]? (?:thank(?:s| you)|danke|vielen dank|herzlichen dank)\b.*\b(?:for|für|dass|that)\b"),
    _p(rf"\b(?:full|top|highest) marks (?:to|for) (?:\w+ )?{_N}|\b(?:credit|lob) (?:to|für|an) (?:\w+ )?{_N}"),
    _p(rf"{_N}(?: \w+){{0,3}} (?:impressed|amazed|touched|delighted|beeindruckt|begeistert) (?:me|us|mich|uns)|{_N} (?:rocks"
        rf"|rules)"),
    _p(rf"\bwith(?:out)? (?:the help of )?{_N}.{{0,30}}(?:couldn't|could not|lost|not have|nicht|lost without)"),
    _p(rf"(?:what (?:would|should|could) (?:i|we) (?:do|have done)|couldn't have (?:done|managed) (?:it"
        rf"|this)) without (?:\w+ )?{_N}"),
    _p(rf"\b(?:five|5) (?:stars|sterne) (?:for|to|für|an) (?:\w+ )?{_N}|{_N}[^;:]{{0,30}}(?:five|5|10/10) ?(?:stars|sterne)?$"),
    _p(rf"\b(?:menschen|mitarbeiter\w*|kolleg\w*|person|driver|people|anyone|somebody|someone)[^;:]{{0,20}} (?:as \w+ as|wie"
        rf"|like) {_N}"),
    _p(rf"\b(?:never|rarely|nobody|no one|anyone|hardly|anybody)\b[^;]*\bas (?:{KINDNESS}|{GOOD}) as (?:\w+ )?{_N}"),
    _p(rf"{_N},? (?:you|sie|du) (?:{BE}|haben)?[^;:\x02]{{0,40}}\b(?:{KINDNESS}|{GOOD}|{TREASURE})\b"),
    _p(rf"\b(?:you're|you are|sie sind|du bist)(?: \w+){{0,3}} (?:{KINDNESS}|{GOOD}|{TREASURE}),? {_N}"),
    _p(rf"nothing (?:was|is) too (?:much|small|big)[^;:]{{0,20}} for {_N}"),
    _p(rf"{_N}[^;:\x02]{{0,30}}(?:could(?: not|n't)|can(?:'t|not| not)) (?:have )?(?:do|done|be|been) (?:enough|more|nicer"
        rf"|kinder|better)"),
    _p(rf"{_N}(?:'s|s)? (?:[^\s\x02,;:]+ )?(?:kindness|patience|help|geduld|freundlichkeit|hilfe|hilfsbereitschaft)\b[^;:\x02]*"
       rf"(?:{GOOD}|{KINDNESS}|meant|made|saved|gerettet|gutgetan|{DEEDS})"),
    _p(rf"{_N}[^;:\x02]{{0,60}} (?:danken|bedanken|loben|(?:herzlichen |vielen |meinen |unseren )*dank (?:aus|sagen|weiter))"),
    _p(rf"(?:tell|sagen sie|sag|let|richten sie) {_N}[^;]{{0,40}}\b(?:he|she|they|er|sie|how|wie)\b[^;]*\b(?:{GOOD}|{KINDNESS}"
        rf"|{TREASURE}|{DEEDS}|appreciat\w*|grateful|dankbar)\b"),
    _p(rf"(?:appreciat\w*|value[ds]?|love[ds]?|schätz\w*|mag) {_N}"),
)  # fmt: skip
"""One of these, and the clause is a good word about \\x01, unless something takes it back."""

KIND = _p(rf"\b(?:{KINDNESS})\b")
"""What is only said of people: beside one name and nobody else it is about them."""

SHE = _p(
    r"^(?:and |und |also |then )?(?:she|he|they|er|sie (?=war|ist|hat|half|konnte))\b|\b(?:thank|praise|told|tell) (?:her|him"
    r"|them)\b"
    r"|\b(?:of|from|by|to) (?:him|her)\b|^(?:what an? |such an? |so |an? )?(?:absolute |real |true |very |sehr "
    r"|echt )?(?:\w+ )?(?:lady|gentleman|man|woman|person|guy|star"
    r"|gem|angel|mensch|dame|mann|frau)\b|^(?:so|very|really|sehr|wirklich|einfach) (?:\w+ )?(?:kind|friendly|helpful|sweet"
    r"|patient|nett|freundlich|lieb)\b"
    r"|\b(?:von|bei) (?:ihm|ihr)\b|^(?:him|her)self"
)
"""The sentence goes on about whoever was named before it."""
YOU = _p(
    rf"\b(?:you|sie|du) (?:were|are|have been|'re|waren|sind|haben|warst|hast)(?: [^\s\x01\x02,;:]+){{0,4}} (?:{KINDNESS}"
    rf"|{GOOD}|{TREASURE}|geholfen)\b"
    rf"|\bmade my (?:day|week|evening)\b|\b(?:your|ihre|deine) (?:\w+ )?(?:kindness|patience|great help|große hilfe"
    rf"|großartige hilfe|tolle hilfe"
    rf"|freundlichkeit|geduld)\b|couldn't have done (?:it|this) without you"
)
GREETS = _p(
    r"^\W*(?:dear|hello|hi|hey|good (?:morning|day|evening)|liebe[r]?|hallo|guten (?:tag|morgen|abend)"
    r"|sehr geehrte[r]?)\b[^\x01]{0,20}$"
)
HE = _p(r"\b(?:he|she|er)\b|\bsie(?= (?:war|ist|hat|half|konnte|kam)\b)")
