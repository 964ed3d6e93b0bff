"""Do these words speak of something that went wrong? By plain lists, in English and German; it only proposes."""

from __future__ import annotations

import re

from kept.text.splitting import split_reply
from kept.text.themes import theme_of
from kept.text.words import READ_AT_MOST, even

WRONG = (
    r"(?:late|cold|wrong\w*|missing|broken|broke|damaged|dirty|rude|burnt|soggy|stale|raw|torn|lost|stolen|faulty|nobody|no one"
    r"|problems?|issues?|mistakes?|errors?|complain\w*|disappoint\w*|unhappy|angry|annoy\w*|fed up|unacceptable|awful|terrible"
    r"|horrible|disgust\w*|bad|worse|worst|poor|fails?|failed|late|delay\w*|wait|waiting|waited|forgot\w*|ignored|cancel\w*"
    r"|overcharged|refund|not|n't|never|without|unfortunately|sadly|same thing|happened"
    r"|kalt\w*|lauwarm\w*|spät\w*|falsch\w*|fehl\w*|kaputt\w*|beschädigt\w*|dreckig\w*|unfreundlich\w*|unhöflich\w*|niemand"
    r"|keiner|problem\w*|beschwer\w*|enttäusch\w*|ärger\w*|verärgert|unverschämt\w*|schlecht\w*|schlimm\w*|schrecklich\w*"
    r"|furchtbar\w*|verspät\w*|wart\w*|vergessen|ignoriert|storn\w*|erstatt\w*|nicht|nie|kein\w*|ohne|leider|passiert\w*"
    r"|dasselbe|verbrannt\w*|matschig\w*|pannen?)"
)
_WRONG = re.compile(rf"\b{WRONG}(?!\w)|n't\b")
_SETTLED = re.compile(
    r"\b(?:no (?:problems?|issues?|complaints?)|never (?:late|cold|wrong|disappoint\w*|a problem|had (?:a|any) \w+)"
    r"|not? (?:bad|late|once|to complain)|nothing (?:wrong|bad|missing|to complain)|without (?:any )?(?:problems?|trouble|delay)"
    r"|n't (?:be|have been) (?:happier|better)|n't wait|not wait|never again (?:without|will i be without)|not only"
    r"|kein (?:problem|einziges mal)|keine (?:probleme|beschwerden)|nie (?:kalt|zu spät|enttäuscht|probleme)|ohne probleme"
    r"|nicht (?:schlecht|enttäuscht|meckern|nur)|nichts zu (?:meckern|beanstanden)|nie (?:mehr|wieder) ohne)(?!\w)"
)


def speaks_of_trouble(text: str) -> bool:
    """Something went wrong, says the writer; "never late" and "no problem" are the opposite. Quoted history does not count."""
    said = even(split_reply(text[:READ_AT_MOST]).new)
    return bool(theme_of(text)) or is_trouble(said)


def is_trouble(low: str) -> bool:
    """The same of a piece of text that is even already, by its single words."""
    return _WRONG.search(_SETTLED.sub(" ", low)) is not None
