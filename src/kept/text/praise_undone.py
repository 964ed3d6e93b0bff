"""What takes a good word back: a no, a wish, hearsay, a comparison, bad words beside it. And where one clause ends."""

from __future__ import annotations

import re

from kept.text.praise_words import DEEDS, GOOD, KINDNESS, TREASURE, WORK


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


EXEMPT = _p(
    r"(?:ohne|without) (?:\w+ )?\x01|wish (?:there were|we had|you had|i had) more (?:people |staff )?like \x01|can(?:'t|not"
    r"| not)(?: \w+){0,2} (?:thank|praise|recommend|fault|speak highly)|could(?:n't| not) (?:have )?(?:be|been"
    r"|ask|asked|do|done|wish)"
    r"(?: \w+)? ?(?:for )?(?:enough|more|nicer|kinder|better|happier)|never (?:met|seen|had|known|experienced|dealt with"
    r"|forget|impatient|rude"
    r"|unfriendly|unkind|too busy)|not only|nicht nur|nothing (?:was|is) too|no (?:trouble|problem|effort|bother) (?:was "
    r"|is )?too"
    r"|nicht genug (?:danken|loben)|nie (?:so|ungeduldig|unfreundlich|vergessen)|selten (?:so |erlebt)|not (?:once|a problem)"
    r"|nicht aus der ruhe"
    r"|without (?:complaining|complaint|hesitation|being asked)|ohne zu (?:zögern|murren)|would not hesitate|wouldn't hesitate"
)
"""Says no and means yes."""

INTENDS = _p(
    r"(?:please|bitte|could you|can you|would you|'d like|would like|want(?:ed)?|wish|must|have to|need to|should|möchten?"
    r"|würden?|wollten?"
    r"|wollen|will|muss|könnten sie|können sie)[^.;]{0,40}\b(?:thank|praise|commend|recommend|pass (?:on )?(?:my|our|this"
    r"|these)|give|say thanks?"
    r"|mention|compliment|danken?|bedanken|loben|sagen|ausrichten|aus|richten|weitergeben|tell)\b"
)
"""Asks for nothing but that thanks be said."""

NOT = _p(
    rf"\b(?:not|n't|never|hardly|barely|scarcely|no|nicht|kein\w*|nie|niemals|kaum|wenig|weder|less than|far from"
    rf"|anything but|alles andere als"
    rf"|nothing|least|neither|nor|nicht gerade|too)(?: \w+){{0,3}} (?:{KINDNESS}|{GOOD}|{TREASURE}|{DEEDS}|help|smile)\b"
    rf"|n't (?:\w+ ){{0,3}}(?:{KINDNESS}|{GOOD}|help)\b"
)
WOULD = _p(
    r"\b(?:would (?:be|have been|help)|could (?:be|have been|you|he|she)|can you|should|shall|needs? to|has to|ought|if only"
    r"|i wish|hope\w*"
    r"|learn\w*|(?:teach|train|training) \x01|if\b|unless|whether|wäre|würde|hätte|könnte|sollte|müsste|hoff\w*|wünsch\w*"
    r"|wenn|falls|ob\b"
    r"|lernen"
    r"|\x01 (?:will|wird)|happy to|glad to|promis\w*|versproch\w*|versprach)\b|\bcould \x01|\bkönnte \x01"
)
NO_MORE = _p(
    r"\b(?:used to|until|at first|früher|einst|once was|no longer|nicht mehr|any ?more|not any|at the beginning|anfangs"
    r"|before (?:he|she))\b"
)
SAID = _p(
    r"\x01 (?:\w+ )?(?:said|says|told|promised|claimed|thinks|thought|mentioned|asked|wrote|agreed|knows|assured|sagte|sagt"
    r"|meinte|meint|versprach"
    r"|behauptet\w*|fragte|schrieb|erzählte|findet|hat (?:gesagt|versprochen|behauptet|gemeint))\b"
)
BESIDES = _p(
    r"\b(?:than|unlike|instead of|rather than|compared (?:to|with)|as opposed to|im gegensatz zu|anders als|statt|anstatt"
    r"|anstelle von)(?: \w+){0,2} \x01|\w+er als (?:\w+ )?\x01|^as \w+ as \x01|\bthe \x01 (?:i|we) |appreciate that \x01"
    r"|\b(?:kind|nice|friendly|polite|patient|lieb|nett|freundlich|höflich|geduldig)(?:er)? (?:to|with|zu|mit|gegenüber)"
    r" (?:\w+ )?\x01"
    r"|\b(?:nice|good|great|lovely|kind|nett|schön)(?: of (?:you|him|her))? to (?:meet|see|hear|talk|speak|let|tell|ask) "
    r"|(?:regards|grüße|gruß|greetings|wishes|love) (?:to|an) (?:\w+ )?\x01|(?:love|regards|wishes|grüße), \x01|\bluck\b"
    r"|\bno thanks to|\bthat \x01 (?:no longer|has left|is gone)|\b(?:told|asked|ask) \x01|\blet \x01(?! know (?:how|that))"
    r"|(?:kollege|kollegin|colleague|friend|freund|freundin|brother|sister|mother|boss|chef) (?:von|of) \x01"
    r"|\b(?:too|so[- ]called|sogenannte\w*|supposed\w*|allegedly|apparently|angeblich\w*|vermeintlich\w*|such a|be a)\b"
    r"(?=.*\x01)|\x01.*\b(?:supposed\w*|allegedly|angeblich\w*|vermeintlich\w*)\b"
    r"|\b(?:thank\w*|thx|danke?)\b.*\b(?:for|für) (?:your|the|ihre?|deine?|die|eure) (?:quick |prompt |schnelle )?"
    r"(?:message|mail|e-mail|email|reply|answer|letter|nachricht|antwort|brief|anruf)\b"
)
BAD = _p(
    r"\b(?:rude\w*|unfriendly|unhelpful|impolite|arrogan\w+|ignor\w+|los[te]+|losing|broke\w*|late|wrong|cold|terrible|awful"
    r"|worst(?! (?:day|week|moment|time|hour|year))|useless|disappoint\w+"
    r"|complain\w*|hang(?:ing)? up|hung up|shout(?:ed|ing|s)?(?!-| ?out)|yell\w*|lie[ds]?|lying|refus\w+|refund|missing"
    r"|missed|miss|damag\w+|disgrace\w*|shame\w*|slow|lazy"
    r"|incompeten\w+|dismissive|patroni[sz]\w+|ruin\w*|waste\w*|wasting|nightmare|appalling|horrible|horrid|unacceptable"
    r"|fail\w*|forgot\w*"
    r"|sarcas\w+|annoy\w+|angry|fed up|for nothing|did nothing|none|still (?:not|no|waiting|wrong|broken|missing)"
    r"|again and again"
    r"|unhöflich\w*|unfreundlich\w*|frech\w*|pampig\w*|patzig\w*|ignorier\w*|verloren|kaputt\w*|zu spät|falsch\w*|kalt\w*"
    r"|schrecklich\w*|furchtbar\w*"
    r"|enttäusch\w*|beschwer\w*|angeschrien|aufgelegt|aufzulegen|gelogen|versäumt|vergessen|fehlt|langsam|faul|inkompetent\w*"
    r"|unverschämt\w*|frechheit"
    r"|mangelhaft|katastroph\w*|peinlich|leider|unfortunately|sadly|nichts|schlecht\w*|mies\w*|genervt|lost)\b"
)
THEIR_TROUBLE = _p(
    r"\b(?:my|our|the|a|an|his|her|mein\w*|unser\w*|das|die|den|dem|der|ein\w*) (?:lost|broken|missing|damaged|forgotten|late"
    r"|cold|stolen|faulty|verlorene\w*|kaputte\w*"
    r"|vergessene\w*|kalte\w*|falsche\w*)(?= \w)|\b(?:complain\w*|complaint)\b(?= about (?:my|our))"
    r"|\b(?:exactly )?what (?:was|is|went) wrong\b|\bwhere (?:it|\w+) was lost\b|\b(?:despite|trotz) [^,;]*|\b(?:my|our"
    r"|meine\w*|unsere\w*) (?:complaints?|beschwerde\w*|reklamation)"
)
"""Trouble that somebody helped with, not what they did."""
SARCASM = _p(
    r"(?:thanks?|thank you|great (?:job|work|help)|good job|well done|nice (?:work|one)|bravo|kudos|congrat\w*|danke"
    r"|glückwunsch|toll|super|prima|klasse"
    r"|how (?:kind|nice|helpful|lovely)|wie nett|what a)\b.{0,60}\b(?:losing|los[te]+|breaking|ruining|forgetting|ignoring"
    r"|hang\w*|wasting|shouting|lying"
    r"|wrong|for nothing|für nichts|none|again$|wieder(?: mal)?$|aufzulegen|aufgelegt|verloren|kaputt|vergessen|cold|kalt"
    r"|late|zu spät|nothing)\b"
    r"|vielen dank auch|na toll|yeah,? right|^(?:oh,? )?(?:great|wonderful|brilliant|fantastic|lovely|super|toll|klasse"
    r"|prima),.*\b(?:again|wieder|another|lost"
    r"|late|wrong|forgot\w*)\b|🙄"
)
CLAUSES = _p(
    r"; |,? but (?!also)|,? however,? |,? although |,? though |,? whereas |,? while |,? except that |,? even though |(?:, "
    r"| )when |(?<!look)(?<!looked)(?<!looking)(?<!looks),? after |,? because "
    r"|,? so that |,? aber |,? jedoch |,? obwohl |,? während |,? allerdings |,? nachdem |,? weil |,? als (?=ich|wir|mein"
    r"|unser|er |sie |es |der|die|das)"
    r"|,? as soon as |,? sobald |: |,? then (?=\x01)| – | - "
)
OPENS = _p(r"^(?:when|after|because|although|though|despite|even though|as|since|nachdem|weil|als|obwohl|trotz|da) [^,]{3,90},")
THEIR_THINGS = _p(
    r"\x01(?:'s|') (?!(?:a|an|the|so|such|very|really|been|my|our|always|just|truly|absolutely|one|simply)\b"
    rf"|(?:{GOOD}|{KINDNESS}|{TREASURE}|{WORK})\b|(?:\w+ )?(?:kindness|patience|help|humour|humor|smile|manners?|warmth"
    rf"|generosity|honesty|advice"
    r"|professionalism|enthusiasm|attention|thoughtfulness|expertise|knowledge|effort\w*|way|calm\w*|care|energy|customer"
    r"|attitude|service|work|job"
    r"|geduld|hilfe|freundlichkeit|hilfsbereitschaft|einsatz|beratung|humor|art|quick|gentle\w*|support)\b)"
)
"""“Tom's garage”: a thing of theirs is not them."""
