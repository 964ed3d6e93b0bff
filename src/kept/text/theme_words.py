"""The words by which a theme is known, in English and German: lists to be read and added to, no code."""

from __future__ import annotations

from typing import Final

FOOD = (
    r"pizzas?|food|meals?|pasta|soups?|chips|fries|dinner|lunch|curry|burgers?|coffee|order|essen|"
    r"nudeln|suppe|pommes|kaffee|bestellung"
)
COME = (
    r"came|come|comes|arrived?|arrives|was|were|is|are|got|delivered|kam|kommt|kamen|war|ist|waren|"
    r"angekommen|geliefert"
)
PARCEL = (
    r"parcels?|packages?|boxes|box|goods|items?|chairs?|toner|paket|pakete|päckchen|karton|ware|stuhl|"
    r"sendung|lieferung|artikel"
)

THEMES: Final[dict[str, tuple[str, ...]]] = {
    "cold_food": (
        (
            rf"\b(?:{FOOD})\b[^.!?]{{0,40}}?\b(?:(?:stone|ice|freezing|almost|barely) ?)?(?:cold|lukewarm|"
            rf"kalt\w*|lauwarm\w*|eiskalt\w*)\b"
        ),
        rf"\b(?:cold|lukewarm|kalt[ers]{{0,2}}|lauwarm[ers]{{0,2}}|eiskalt[ers]{{0,2}}) (?:\w+ )?(?:{FOOD})\b",
        (
            rf"\b(?:it|they|one|es|sie|alles|everything) (?:\w+ ){{0,2}}?(?:{COME}) (?:\w+ ){{0,3}}?(?:cold|"
            rf"lukewarm|kalt|lauwarm|eiskalt)\b(?! (?:out|outside|today|tonight|here|and (?:wet|rainy|dark)|draußen|heute))"
        ),
        r"\b(?:stone cold|gone cold|cold again|wieder kalt|kalt geworden|kalt angekommen)\b",
    ),
    "late_delivery": (
        (
            rf"\b(?:{COME}|delivery|lieferung|driver|fahrer|rider)\b[^.!?]{{0,30}}?\b(?:late|too late|zu spät|"
            rf"verspätet\w*)\b"
        ),
        (
            r"\b(?:hours?|minutes?|days?|weeks?) late\b|\blate (?:again|delivery|deliveries)\b|"
            r"\bnever (?:came|arrived)\b"
        ),
        (
            r"\b(?:has|have|had|is|are|did)(?: still)? ?(?:not|n't) (?:come|arrived?|been delivered|turned up|"
            r"here)\b|\bstill (?:waiting for|no) (?:my|our|the )?\w* ?(?:order|parcel|delivery|pizza|package|"
            r"toner|chair)\b"
        ),
        r"\b(?:noch (?:immer )?nicht|immer noch nicht|nie|nicht) (?:angekommen|geliefert|gekommen|da)\b",
        (
            r"\b(?:stunden?|minuten?|tage?n?) (?:zu spät|verspätung|später)\b|\blieferverzug\b|"
            r"\bwarte\w* (?:\w+ ){0,4}(?:auf|seit) (?:\w+ ){0,3}(?:lieferung|bestellung|paket|pizza)\b"
        ),
    ),
    "wrong_item": (
        (
            r"\bwrong (?:\w+ ){0,2}?(?:items?|pizza|order|size|colou?rs?|product|topping|dish|toner|chair|box|"
            r"model|thing|one)\b"
        ),
        (
            r"\b(?:sent|delivered|brought|got|received|gave)\b[^.!?]{0,30}?\bwrong\b|\b(?:isn't|is not|wasn't|"
            r"was not) what (?:i|we) ordered\b|\border (?:is|was) wrong\b"
        ),
        (
            r"\bfalsche[nrs]? (?:\w+ ){0,2}?\w+\b[^.!?]{0,40}?\b(?:geliefert|bekommen|gebracht|geschickt|"
            r"erhalten)\b|\b(?:nicht|etwas anderes) (?:das )?(?:,? ?was|als) (?:ich|wir) bestellt\b"
        ),
        r"\bfalsch\w* (?:artikel|pizza|bestellung|größe|farbe|ware|produkt|geliefert|toner|stuhl)\b",
    ),
    "missing_item": (
        (
            r"\b(?:items?|pieces?|part|parts|dip|dips|drinks?|sauce|garlic bread|box|boxes|something|half|one|"
            r"chair|toner|order)\b[^.!?]{0,25}?\b(?:is|are|was|were) missing\b"
        ),
        (
            r"\bmissing (?:from|in|items?|parts?|a|the|one|two|three)\b|\b(?:forgot|"
            r"left out)\b[^.!?]{0,20}?\b(?:drinks?|dip|sauce|bread|box|items?|parts?|half)\b|\bincomplete\b"
        ),
        (
            r"\b(?:es |da )?(?:fehlt|fehlte|fehlen|fehlten)\b|\bunvollständig\w*\b|"
            r"\bvergessen\b[^.!?]{0,20}?\b(?:getränk\w*|soße|dip|artikel)\b"
        ),
    ),
    "damaged": (
        (
            rf"\b(?:{PARCEL}|it|corner|lid|leg|screen)\b[^.!?]{{0,30}}?\b(?:damaged|broken|torn|crushed|"
            rf"cracked|dented|smashed|scratched|leaking|defective|faulty)\b"
        ),
        (
            r"\b(?:arrived|came|delivered) (?:\w+ ){0,2}?(?:damaged|broken|torn|crushed|cracked|dented|"
            r"smashed)\b|\bdamaged (?:box|goods|item|parcel)\b|\bdoes ?(?:n't| not) work\b"
        ),
        (
            r"\b(?:beschädigt\w*|kaputt\w*|zerrissen\w*|zerbrochen\w*|zerdrückt\w*|zerkratzt\w*|defekt\w*|"
            r"ausgelaufen\w*)\b"
        ),
    ),
    "rude": (
        r"\b(?:rude|rudely|unfriendly|impolite|disrespectful|arrogant|insulted|shouted|yelled|snapped at|swore)\b",
        (
            r"\b(?:unhöflich\w*|unfreundlich\w*|frech\w*|unverschämt\w*|respektlos\w*|patzig\w*|angeschrien|"
            r"beleidigt\w*|pampig\w*)\b"
        ),
    ),
    "billing": (
        (
            r"\b(?:over)?charged?\b[^.!?]{0,30}?\b(?:twice|double|too much|wrong\w*|again|for)\b|"
            r"\bovercharged\b|\bcharged (?:me|us)\b|\bdouble[- ]charged\b"
        ),
        (
            r"\b(?:invoice|bill|receipt|refund)\b[^.!?]{0,40}?\b(?:wrong|incorrect|missing|twice|too high|not|"
            r"never|still|where)\b|\b(?:wrong|incorrect) (?:invoice|bill|amount|price)\b|"
            r"\bwhere is my refund\b"
        ),
        (
            r"\b(?:doppelt|zu viel|zweimal|falsch) (?:abgebucht|berechnet|abgerechnet|belastet)\b|"
            r"\brechnung\w*\b[^.!?]{0,40}?\b(?:falsch\w*|stimmt|doppelt|fehlt|nicht|zu hoch)\b|\berstattung\b|"
            r"\bgeld zurück\b"
        ),
    ),
    "waiting_on_phone": (
        (
            r"\b(?:on hold|hold music|nobody (?:answers|answered|picks up|picked up)|no ?(?:one|"
            r"body) (?:answers|answered|picks|picked)|phone (?:just )?(?:rings|rang)|queue on the phone|"
            r"hung up|cut off)\b"
        ),
        (
            r"\b(?:warteschleife|niemand (?:geht|ging|nimmt|nahm)|keiner (?:geht|ging|nimmt|nahm)|"
            r"telefonisch (?:niemand|nicht)|nicht (?:ans telefon|erreichbar)|aufgelegt)\b"
        ),
    ),
    "no_answer": (
        (
            r"\b(?:no|without an?|never (?:got|had|received) an?|still no|not had an?) (?:answer|reply|"
            r"response)\b|\b(?:nobody|no one) (?:\w+ )?(?:replied|replies|answered me|wrote back|called back|"
            r"rang back)\b|\bignored\b"
        ),
        (
            r"\b(?:keine|ohne|nie eine|noch keine) (?:antwort|rückmeldung|reaktion)\b|"
            r"\bniemand (?:\w+ ){0,3}?(?:geantwortet|gemeldet|zurückgerufen)\b|\bignoriert\b"
        ),
    ),
    "website": (
        (
            r"\b(?:website|web site|web ?page|homepage|web ?shop|online shop|app|checkout|login|log in|"
            r"password|link)\b[^.!?]{0,50}?\b(?:not|n't|broken|down|error|crash\w*|fails?|failed|stuck|"
            r"impossible|slow|empty|never)\b"
        ),
        (
            r"\b(?:webseite|website|internetseite|onlineshop|online-shop|app|anmeldung|passwort|"
            r"bestellformular)\b[^.!?]{0,50}?\b(?:nicht|kaputt|fehler\w*|abgestürzt|stürzt|hängt|langsam|leer|"
            r"unmöglich)\b"
        ),
    ),
    "dirty": (
        r"\b(?:dirty|filthy|unclean|sticky|smelly|stank|mouldy|moldy|hair in)\b",
        r"\b(?:dreckig\w*|schmutzig\w*|verschmutzt\w*|unsauber\w*|klebrig\w*|schimmel\w*|haar in)\b",
    ),
}  # fmt: skip
"""Each theme with its patterns, over even sentences; of several that fit the one told most often counts, else the first here."""
