"""A hundred texts of our own, as customers write: names bent, misspelt, shouted and run together. What braces hold must go."""

from __future__ import annotations

from kept.text.redacting import KnownOfThem

ROSTER = ("Priya Nair", "Ben Castillo", "Tom Reyes", "Ines Duarte", "Dana Okafor", "Amira Haddad", "Mira, Ami")
MARY = KnownOfThem(
    names=("Mary Whitcombe", *ROSTER),
    addresses=("mary.whitcombe@brightdental.example", "+447700900812", "14 Harbour View, Marlow SL7 1AB"),
    numbers=("MC-20391", "88120"),
)
JURGEN = KnownOfThem(
    names=("Jürgen Müller", *ROSTER),
    addresses=("j.mueller@web.example", "+491712345678", "Lindenstraße 12, 80331 München"),
    numbers=("4711-99", "2026-004512"),
)
ENGLISH = """
{Mary Whitcombe} here, still waiting.
I am {mary whitcombe} and I wait.
{MARY WHITCOMBE} WAITS.
{Whitcombe}, first name {Mary}.
{Whitcombe, Mary}: box torn.
It is {Mary}'s box.
The {Whitcombe}s are a patient family.
The {Whitcombes}’ order was late.
My name is {Witcombe}, and they misspelt it.
They wrote {Whitcomb} on the parcel.
They wrote {Whitcmobe} on the parcel.
They wrote {Whitkombe} on the parcel.
M. {Whitcombe} signed for it.
Yours, {M. Whitcombe}
Mrs {Whitcombe} was not at home.
Dear {Priya}, thank you.
{Priya Nair} rang me twice.
{PRIYA} rang me twice.
{Pryia} rang me twice.
{priya} rang me twice.
I asked {Ben}, then {Tom}, then nobody.
{Ben Castillo} ran after us.
{Castilo} ran after us.
Mr {Castillo}’s smile saved it.
{Amira} came in the rain.
{Mira} came in the rain.
{Ami} came in the rain.
{Amira Haddad}’s bag was dry.
{Hadad} brought it dry.
{Dana} in the kitchen heard me.
{Dana Okafor}’s kitchen heard me.
{Okafor} heard me.
{Ines} wrote the next day.
{Ines Duarte} wrote the next day.
{DUARTE} wrote the next day.
{Tom Reyes} looked on every shelf.
Even {Reyes} could not find it.
{Priya}, {Ben} and {Amira} were kind.
Write to {mary.whitcombe@brightdental.example} please.
Write to {Mary.Whitcombe@BrightDental.example} please.
Ring {+44 7700 900812} after six.
Ring {07700 900812} after six.
Ring {07700900812} after six.
Ring {(07700) 900-812} after six.
I live at {14 Harbour View} and saw it.
I live at {14 harbour view} and saw it.
Come to {Harbour View} and see.
My postcode is {SL7 1AB} as you know.
Order {MC-20391} never came.
Order no. {MC20391} never came.
Order {mc-20391} never came.
It was number {20391} on your list.
My account {88120} was charged twice.
Account: {88120}.
Look at https-free page {www.shop.test/o/20391} yourself.
I am {@marywhit} elsewhere.
“{Mary}, it is on its way”, said {Priya}.
It said: to {Mary Whitcombe}, {14 Harbour View}.
"""
GERMAN = """
{Jürgen Müller} mein Name, ich warte.
{jürgen müller} mein name.
{JÜRGEN MÜLLER} WARTET.
{Juergen Mueller} wartet.
{Jurgen Muller} wartet.
Herr {Müller} war zu Hause.
{Müllers} Paket kam nass.
Die {Müllers} sagen danke.
Familie {Mueller} sagt danke.
{J. Müller} hat unterschrieben.
{Müler} stand auf dem Paket.
{Mülller} stand auf dem Paket.
{Jürgens} Pizza war kalt.
{Jürgn} stand auf dem Zettel.
Sehr geehrte Frau {Nair}, danke.
{Priya} rief zurück.
{Priyas} Geduld war groß.
{Priya Nairs} Geduld war groß.
{Nairs} Anruf kam pünktlich.
{Ben} lief uns nach.
{Bens} Idee war gut.
Herrn {Castillo} danke ich.
{Castillos} Idee war gut.
{Amira} kam im Regen.
{Amiras} Tasche war trocken.
{Miras} Tasche war trocken.
{Dana} aus der Küche half.
{Danas} Küche half.
{Okafors} Küche half.
{Ines} schrieb am nächsten Tag.
{Ines Duarte} schrieb gleich.
{Tom} suchte überall.
{Toms} Lager ist groß.
Mail an {j.mueller@web.example} bitte.
Mail an {J.Mueller@Web.example} bitte.
Tel. {0171 / 2345678} ab sechs.
Tel. {+49 171 2345678} ab sechs.
Tel. {0171-2345678} ab sechs.
Ich wohne {Lindenstraße 12} und sah es.
Ich wohne {Lindenstr. 12} und sah es.
Kommen Sie in die {Lindenstraße}.
Ort: {80331 München}, wie bekannt.
"""


def told(line: str) -> tuple[str, list[str], str]:
    """The text, what in it must go, and all else of it."""
    gone = [piece.partition("}")[0] for piece in line.split("{")[1:]]
    rest = " ".join(piece.partition("}")[2] for piece in f"}}{line}".split("{"))
    return line.replace("{", "").replace("}", ""), gone, rest


SET = [(*told(line), known) for lines, known in ((ENGLISH, MARY), (GERMAN, JURGEN)) for line in lines.strip().splitlines()]
