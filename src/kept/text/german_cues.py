"""How people promise in German: "ich melde mich", "Sie erhalten", "Tom ruft Sie an", "das Geld sollte da sein"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kept.text.cues import MOST_VERBS, Conditions, Cue, Kind, either, name_in

_I_DO = either(
    "melde rufe schicke sende erstatte überweise liefere bringe kläre prüfe kümmere schreibe antworte gebe informiere"
    " komme hole tausche ersetze repariere stelle",
    "erwarte rechne sorge veranlasse leite frage buche storniere korrigiere bearbeite besorge versuche bestelle verspreche"
    " garantiere sage halte erledige mache lasse reiche übernehme",
    "verschicke versende nehme setze werde hoffe bemühe schaue sehe organisiere schreib meld ruf schick bring kümmer"
    " prüf klär geb komm hol fahre besuche zahle packe",
)
_WE_DO = either(
    "melden rufen schicken senden erstatten überweisen liefern bringen klären prüfen kümmern schreiben antworten"
    " geben informieren kommen holen tauschen ersetzen",
    "erwarten rechnen",
    "reparieren stellen sorgen veranlassen leiten fragen buchen stornieren korrigieren bearbeiten besorgen versuchen"
    " bestellen versprechen garantieren sagen halten",
    "erledigen machen lassen reichen übernehmen verschicken versenden nehmen setzen werden hoffen bemühen schauen"
    " sehen organisieren fahren besuchen zahlen packen",
)
_THEY_DO = either(
    "meldet ruft schickt sendet erstattet überweist liefert bringt klärt prüft kümmert schreibt antwortet gibt"
    " informiert kommt holt tauscht ersetzt repariert",
    "bearbeitet besorgt erledigt übernimmt fährt besucht wird stellt",
)
_MINE = re.compile(
    rf"\b(?P<first>(?:ich|wir) (?:selbst |auch |dann )?(?:{_I_DO}|{_WE_DO})|(?:{_I_DO}) ich|(?:{_WE_DO}) wir)\b"
    r"|\b(?P<you>(?:sie|du) (?:erhalten|bekommen|hören|haben|bekommst|erhältst|hörst|hast|werden|wirst)|(?:erhalten"
    r"|bekommen|hören|haben|werden) sie|(?:bekommst|erhältst|hörst|hast) du)\b"
    r"|\b(?P<soft>(?:sie |ihnen )?(?:sollten?|dürften?|müssten?)\b(?: (?:sie|es|das|ihr|ihre)\b)?)"
    rf"|\b(?P<third>{_THEY_DO}|dauert|dauern|werden|sind|ist|geht|gehen|kommen|trifft|treffen|erreicht|erreichen|folgt|folgen|liegt"
    rf"|steht|sollen?)\b"
)
_BOUNDARY = re.compile(
    r"(?!,\d)[,;:()\"]|(?:^| )-+ |\b(?:und|aber|oder|denn|sondern|dann(?= (?:werde|ruf|meld|schick|erstatt|bekomm|erhalt)))\b"
)
_BOUNDARY_AFTER = re.compile(r"(?!,\d)[,;]| - |\b(?:und|aber|sondern)\b")
LONGEST_CLAUSE = 160
_SUBORDINATE = re.compile(
    r" ?(?:dass|ob|wie|wann|warum|wo|wer|was|weil|damit|während|bevor|bis(?= (?:ich|wir|sie) )|falls|wenn|sobald|sofern|als"
    r"|nachdem)\b"
)
_NEGATED = re.compile(r"\b(?:nicht|nie|kein(?:e|en|er|em)?|leider|weder)\b")
_NOW = re.compile(r"\b(?:anbei|im anhang|hiermit|beigefügt|gerade|derzeit|momentan|aktuell|immer|anliegend)\b")
_ABSENT = re.compile(
    r"\b(?:im urlaub|nicht im (?:haus|büro)|abwesend|krank|geschlossen|nicht erreichbar|außer haus|in elternzeit"
    r"|im krankenstand|zurück im büro|wieder (?:da|im))\b"
)
_COURTESY = re.compile(
    r"\b(?:helfe|hilft|helfen|freue|freuen|entschuldige|bedaure|bitte)\b|\bwerde[n]? (?:\w+ ){0,3}(?:freuen|helfen"
    r"|brauchen|benötigen|müssen|können)\b|\b(?:ich|wir) (?:brauchen?|benötigen?|müssen|muss)\b|\bwünsche"
)
_REALLY = re.compile(
    r"\b(?:bescheid|rückmeldung|antwort|melde[nt]?|kümmer\w*|anrufen|zurückrufen|ihnen"
    r"|sie|dir|dich|euch|zu|aus|nach|mit|weiter|raus|sorge[nt]?|kläre?n?|prüfen|sicher|laufenden)\b"
)
_FIRM_VERB = re.compile(
    r"\b(?:erstatte|überweise|ersetze|liefere|tausche|melde|kümmer|repariere|verspreche|garantiere|sorge|veranlasse"
    r"|schicke|sende|bringe|kläre|prüfe)"
)
_DONE = re.compile(
    r"\b(?:erstattet|geliefert|ersetzt|repariert|korrigiert|verschickt|versendet|gesendet|geschickt|geprüft|bearbeitet"
    r"|überwiesen|ausgetauscht|zugestellt|gutgeschrieben|erledigt|geklärt|gebracht|abgeholt|storniert"
    r"|zurückgezahlt|umgetauscht|kontaktiert|angerufen|informiert|benachrichtigt|nachgeliefert|ausgeliefert|behoben)\b"
)
_OTHER_MODAL = re.compile(
    r"\b(?:können|kann|könnten?|möchten?|dürfen|darf|müssen|muss|wollen|habe|haben|hat|hatten?|war|waren|wurden?|würden?)\b"
)
_IS_THERE = re.compile(
    r"\b(?:bei (?:ihnen|dir|euch)|da|fertig|bereit|zurück|unterwegs|(?:auf|in|an|vor) (?:ihre[mnr]"
    r"|deine[mnr])|erledigt|behoben)\b"
)
_GETS = re.compile(r"\b(?:erhalten|bekommen|hören|haben)\b")
EXTERNAL = re.compile(
    r"\b(?:dhl|ups|fedex|hermes|dpd|gls|post|paypal|visa|klarna|amazon|bank|kurier|spedition|hersteller|lieferant"
    r"|versicherung|zoll|polizei|vermieter|behörde|stadt|regierung|kunden?|leute"
    r"|(?:ihr|ihre|mein|meine|sein|seine) (?:mann|frau|sohn|tochter|mutter|vater|partner|partnerin|anwalt"
    r"|steuerberater|nachbar|nachbarin|arbeitgeber|firma|chef|freund|freundin|arzt))\b"
)
_INSIDE = re.compile(
    r"\b(?:kolleg(?:e|en|in|innen)|fahrer(?:in)?|team|küche|lager|techniker(?:in)?|jemand|einer von uns"
    r"|mitarbeiter(?:in)?|abteilung|buchhaltung|monteur|chefin?|leitung|küchenchef)\b"
)
PERSON_DOES = re.compile(rf"(?:{_THEY_DO})")
_PERSON_ENDS = re.compile(
    r"\b(?:anrufen|melden|kontaktieren|schreiben|bringen|liefern|kommen|abholen|schicken|senden|reparieren|kümmern"
    r"|zurückrufen|vorbeikommen|vorbeibringen|prüfen|klären|informieren)\b"
)

CONDITIONS = Conditions(
    any=re.compile(
        r"\b(?:wenn|falls|sobald|sofern|vorausgesetzt|nachdem|sollten sie"
        r"|nach (?:erhalt|eingang)(?: (?:der|des|ihrer|ihres) \w+)?"
        r"|es sei denn|solange)\b"
    ),
    on_customer=re.compile(
        r"\b(?:falls|sofern|vorausgesetzt|sollten sie|wenn|nach (?:erhalt|eingang)|es sei denn)\b|\bsobald (?:sie|du"
        r"|ihr)\b|\b(?:erhalten|bekommen|vorliegt|haben|eingeht|eingegangen|von ihnen)\b"
    ),
    courtesy=re.compile(
        r"\b(?:wenn|falls|sollten) sie (?:noch |weitere |irgendwelche )*(?:fragen|etwas|hilfe|wünsche|mögen|möchten"
        r"|wollen)|\bwenn (?:möglich|nicht|ja)\b"
    ),
    order=re.compile(
        r"^(?:(?:bitte|dann|einfach|gerne|hallo|guten tag|danke)[, ]+){0,3}(?:schicken|senden|geben|schreiben|nennen"
        r"|teilen|rufen|melden|antworten|bringen|bestätigen|laden|füllen|zeigen|reichen) sie\b"
    ),
    hedge=re.compile(
        r"\b(?:voraussichtlich|vermutlich|wahrscheinlich|hoffentlich|in der regel|normalerweise|üblicherweise|vielleicht"
        r"|hoffe|hoffen|versuche|versuchen|bemühe|bemühen|denke|rechne[n]? damit|eventuell|dauert)\b"
    ),
    cut=re.compile(r";| - |: |, (?:bitte|aber|jedoch|allerdings|obwohl|weil|da|obschon)\b| aber | und bitte\b"),
)


def german_cues(low: str, raw: str, *, before: str | None) -> Iterator[Cue]:
    """The bindings in one even sentence, `raw` as written; `before`: whom "er" would mean, None if nobody of the house."""
    taken = 0
    for verb in islice(_MINE.finditer(low), MOST_VERBS):
        if verb.start() >= taken and (cue := _cue(low, raw, verb, before=before)):
            taken = cue.told
            yield cue


def _cue(low: str, raw: str, verb: re.Match[str], *, before: str | None) -> Cue | None:
    start, stop = _clause(low, verb)
    clause = low[start:stop]
    if (
        _SUBORDINATE.match(clause)
        or _NEGATED.search(clause)
        or _ABSENT.search(clause)
        or _COURTESY.search(clause)
        or _NOW.search(clause)
    ):
        return None
    if verb["first"]:
        is_sure = (
            verb["first"].endswith(("werde", "werden")) or verb["first"].startswith(("werde", "werden")) or _REALLY.search(clause)
        )
        return Cue(start, verb.start(), verb.end(), needs_date=not (is_sure or _FIRM_VERB.search(verb["first"])))
    if verb["you"]:
        if "haben" in verb["you"] or "hast" in verb["you"]:
            return Cue(start, verb.start(), verb.end(), needs_date=True)
        return (
            Cue(start, verb.start(), verb.end())
            if not verb["you"].startswith(("sie werden", "werden", "du wirst")) or _GETS.search(low[verb.end() : stop])
            else None
        )
    return _of_third(low, raw, verb, start, stop, before=before)


def _of_third(low: str, raw: str, verb: re.Match[str], start: int, stop: int, *, before: str | None) -> Cue | None:
    subject, rest = low[start : verb.start()].strip(), low[verb.end() : stop]
    kind: Kind = "expectation" if verb["soft"] else "firm"
    if EXTERNAL.search(subject) or EXTERNAL.search(rest[:30]) or (not subject and not verb["soft"]) or len(subject.split()) > 10:
        return None
    if re.search(r"\b(?:ich|wir|man|du|ihr)$|^(?:ich|wir|man|du)\b|^(?:haben|sind) sie$", subject) or (
        verb["soft"] or ""
    ).startswith("sollten sie"):
        return None
    if not verb["soft"] and _OTHER_MODAL.search(low, start, stop):
        return None
    if verb.group() in ("ist", "sind") and not (_IS_THERE.search(rest) or _DONE.search(rest)):
        return None
    if verb["soft"] and _GETS.search(rest):
        return Cue(start, verb.start(), verb.end(), kind)
    spelt = raw[start : verb.start()]
    name = (
        name_in(spelt) if not re.match(r"(?:der|die|das|ihre?|dein|eine?|unsere?) ", subject) or _INSIDE.search(subject) else ""
    )
    does = (PERSON_DOES.fullmatch(verb.group()) and (verb.group() != "wird" or _PERSON_ENDS.search(rest))) or (
        verb.group() == "werden" and _PERSON_ENDS.search(rest)
    )
    if (does and _INSIDE.search(subject)) or (
        does and name and len(name.split()) == len([word for word in spelt.split() if word[:1].isupper()])
    ):
        return Cue(
            start, verb.start(), verb.end(), kind, who=name, is_somebody=True, needs_date=verb.group() in ("stellt", "kommt")
        )
    if re.fullmatch(r"(?:er|sie)", subject):
        return Cue(start, verb.start(), verb.end(), kind, who=before, is_somebody=True) if does and before is not None else None
    return Cue(
        start,
        verb.start(),
        verb.end(),
        kind,
        is_thing=True,
        needs_date=not (verb.group() in ("wird", "werden") and _DONE.search(rest)),
    )


def _clause(low: str, verb: re.Match[str]) -> tuple[int, int]:
    """From the boundary before the verb to the one after it."""
    start = max(0, verb.start() - LONGEST_CLAUSE)
    for found in _BOUNDARY.finditer(low, start, verb.start()):
        start = found.end()
    start += len(low[start : verb.start()]) - len(low[start : verb.start()].lstrip())
    after = _BOUNDARY_AFTER.search(low, verb.end(), verb.end() + LONGEST_CLAUSE)
    return start, after.start() if after else min(len(low), verb.end() + LONGEST_CLAUSE)
