"""Words that likely need no answer, such as "thank you, all good": a proposal only, a person puts them to rest (R5)."""

from __future__ import annotations

import re

from kept.text.questions import find_questions
from kept.text.splitting import split_reply
from kept.text.words import even, folded, word_set, words

LONGEST = 25
"""Words; whoever writes more than this usually says something more."""

_THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|ty|cheers|much appreciated|appreciate it|danke\w*|dankeschön|vielen dank|merci"
    r"|perfect|perfekt|great|super|brilliant|wonderful|wunderbar|prima|lovely|passt|alles klar|got it"
    r"|all good|alles gut|ok(?:ay)?|noted|received|erhalten|angekommen|understood|verstanden|top)\b|👍|🙏|❤"
)
_MORE = re.compile(
    r"\b(?:but|however|still|yet|not|n't|never|no|unfortunately|please|when|why|where|again|wrong|broken|missing|late"
    r"|problem|issue|complain\w*|disappointed|awful|terrible|refund|need|want|waiting|wait|nothing|thanks for nothing"
    r"|no thanks|aber|leider|nicht|nie|kein\w*|noch|bitte|wann|warum|wieder|falsch|kaputt|fehlt\w*|problem|beschwerde"
    r"|enttäusch\w*|brauche|möchte|will|warte\w*|nichts|trotzdem|jedoch|only|nur|could|can|können|könnten|send"
    r"|schicken|call|ring|anrufen"
    r"|would|instead|stattdessen|also|außerdem|one more|another|if|wenn|falls|allerg\w*|danger\w*|ill|sick|hurt|cancel"
    r"|stornier\w*|kündig\w*|lawyer|anwalt)\b|n't\b"
)
_KNOWN = word_set(
    folded(
        "thank thanks you your so very much many a lot for the it is was that this all good great perfect super ok okay i"
        " we got have received it's that's will do and now just to know say wanted reply answer"
        " quick response message sorting out arranging help kind kindness of dear hello hi me us my our appreciate"
        " appreciated really again best regards wishes cheers have nice day weekend evening yes"
        " everything arrived fine works working well done lovely brilliant wonderful understood noted ever such everyone"
        " team both too with in on see then bye"
        " danke dankeschon vielen dank sehr fur die das der den hilfe nachricht antwort schnelle gute tolle ihre ihnen"
        " euch dir ich wir habe haben ist hat alles gut klar passt perfekt super prima wunderbar geklappt"
        " angekommen erhalten verstanden mit freundlichen grussen viele liebe grusse schonen tag abend wochenende und"
        " auch so es war top ja da jetzt herzlichen hallo lieber nett von freut mich uns freue"
    )
)


def is_only_thanks(text: str) -> bool:
    """Short, thankful, no question and no word of anything else; quoted history and signature do not count. Only proposes."""
    said = split_reply(text).new[:2000].strip()
    low = even(said)
    told = words(low)
    if not said or len(told) > LONGEST or "?" in said or not _THANKS.search(low):
        return False
    if _MORE.search(low) or find_questions(said):
        return False
    strange = [word for word in told if folded(word) not in _KNOWN and word not in _names(said)]
    return len(strange) <= max(1, len(told) // 4) and not any(word.isdigit() for word in told)


def _names(said: str) -> set[str]:
    """Words written with a capital, most likely names."""
    return {word.lower() for word in re.findall(r"\b[A-ZÄÖÜ]\w+", said)}
