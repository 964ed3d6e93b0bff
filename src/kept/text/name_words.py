"""What surrounds names in English and German: titles, kin, places and words that look like names. Read by names.py."""

from __future__ import annotations

from kept.text.words import word_set

TITLES = word_set("mr mrs ms miss mister dr prof sir herr herrn frau fraulein madame monsieur senor senora")

MODALS = word_set("will may")
"""Names that open a question more often than they name somebody."""
MONTHS = word_set("may april june august march mai juni juli januar")
ALSO_PLACES = word_set(
    "paris florence sydney chelsea austin dallas jordan israel georgia virginia carolina vienna verona london brooklyn"
    " india asia roma milan charlotte lorraine devon kent chester lincoln washington berlin siena adelaide victoria"
)
ALSO_WORDS = (
    word_set(
        "grace mark rose frank hope faith joy bill art rich grant pat sue drew chase miles dean guy penny iris ivy lily daisy"
        " violet ruby amber jade summer autumn dawn eve robin christian sandy rusty earl king pearl crystal melody harmony"
        " destiny angel star sunny sky brook cliff dale forest glen heath lane reed stone wood hunter mason parker porter carter"
        " taylor cook baker butler page jack john rob bob nick dick gene jean don rod ray ward wade norm stew chip buddy max"
        " ernst wolf heide viola jasmin linde erika kai urs engel stern lang kurz klein gross jung koch wonne gut froh sommer"
        " winter sonntag freitag herbst ernest gay merry happy lucky precious prince duke major constance patience prudence"
        " charity mercy honey ginger basil olive sage rosemary hazel holly laurel fern myrtle marina coral sierra savannah"
        " rainer bernd lotte nelke flora fee elf hein kraft muth herz liebe ehre treu ute"
    )
    | MODALS
    | MONTHS
    | ALSO_PLACES
)

GIVEN = word_set(
    "anna anne maria marie mary john james robert michael david richard joseph thomas charles daniel matthew anthony paul"
    " steven andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric"
    " jonathan stephen larry justin scott brandon benjamin samuel patrick alexander jack dennis jerry tyler aaron henry adam"
    " douglas nathan peter zachary kyle walter harold jeremy carl keith roger arthur terry sean gerald ethan susan jessica"
    " sarah karen lisa nancy sandra betty ashley emily margaret carol michelle amanda melissa deborah stephanie rebecca laura"
    " helen sharon cynthia kathleen amy shirley angela ruth brenda pamela nicole katherine samantha christine catherine"
    " rachel janet emma diane julie joyce heather hannah oliver lucas leon noah elias finn felix moritz jonas julian fabian"
    " philipp tobias stefan andreas wolfgang klaus dieter jurgen uwe helmut gerhard manfred horst heinz hans karl otto fritz"
    " heinrich ludwig sabine petra monika ursula renate ingrid gisela helga birgit claudia andrea susanne kerstin katrin"
    " karin heike silke nadine julia lena lea mia sophie sofia lukas emil paula clara klara greta ida tim tom ben sam max"
    " amelia isla ella freya poppy harry oscar archie alfie charlie colin nigel graham trevor joan ana pedro juan carlos luis"
    " miguel antonio francisco elena lucia carmen pierre jean louis claire camille piotr anja tanja olga ivan igor"
)
"""Usual first names: two of them in a row are one person, and none of them is a slip for another."""

POSSESSIVE = word_set(
    "my our his her their mein meine meinen meinem meiner meines unser unsere unseren unserem unserer seine seinen seinem ihre"
    " ihrem ihren sein"
)
OWN = word_set("my our mein meine meinen meinem meiner unser unsere unseren unserem unserer little baby klein kleine kleiner")
KIN = word_set(
    "husband wife son sons daughter daughters mother mum mom father dad brother sister uncle aunt auntie grandson granddaughter"
    " grandmother grandfather grandma grandpa gran nan niece nephew cousin partner boyfriend girlfriend fiance fiancee dog cat"
    " puppy kitten horse pony rabbit hamster pet friend friends neighbour neighbor neighbours boss kid kids child children baby"
    " parents twins mate flatmate roommate toddler boy girl stepson goddaughter godson hubby spouse sibling boys girls guest"
    " mann ehemann frau ehefrau sohn tochter mutter mama vater papa bruder schwester onkel tante enkel enkelin oma opa nichte"
    " neffe cousine partnerin freund freundin verlobter verlobte hund katze kater pferd kind kinder nachbar nachbarin chef"
    " chefin eltern mitbewohner mitbewohnerin bub bube junge madchen schwager schwagerin zwillinge hundin hase welpe"
)
ELSEWHERE = word_set(
    "dhl ups dpd hermes fedex gls amazon telekom vodafone ikea tesco asda lidl aldi domino dominos mcdonalds ebay paypal"
    " police council bank school church hospital university neighbours neighbors polizei schule kirche krankenhaus"
    " konkurrenz competitor competitors newspaper zeitung nextdoor"
)
MINE = word_set(
    "colleague colleagues doctor dentist teacher lawyer accountant employee assistant therapist gp contact manager cleaner guest"
    " kollege kollegin kollegen arzt arztin lehrer lehrerin anwalt anwaltin therapeut hausarzt mitarbeiter mitarbeiterin"
)
"""Theirs with "my" before it; with "your" they are ours."""
STILL = word_set("sehr so dankbar wirklich unendlich uberaus zutiefst ausserst very so grateful")
"""“Ich bin Dana sehr dankbar” is not said by Dana."""
SELF_BEFORE = (("name", "is"), ("i", "am"), ("i", "m"), ("this", "is"), ("ich", "bin"), ("ich", "heisse"), ("name", "ist"))
SELF_AFTER = word_set("here hier")
ARTICLES = word_set("a an the this these those some any every each no another such eine einen einem einer eines ein kein keine")
THE = word_set("der die das den dem des im zum zur vom beim am ins")
BEFORE_MONTHS = word_set(
    "in on since until till by of last next this early mid late from to every during before after im seit bis anfang ende mitte"
    " ab vor nach kommenden letzten nachsten"
)
BEFORE_PLACES = word_set(
    "in to from near at around visit visited visiting towards toward through leave left reach reached nach aus in bei"
    " besucht besuchen richtung city trip flight"
)
ROLES = word_set(
    "driver rider courier postman deliveryman waiter waitress server lady gentleman woman man guy girl lad colleague technician"
    " engineer receptionist cashier chef cook nurse doctor teacher assistant clerk salesman saleswoman saleslady adviser advisor"
    " consultant employee worker staff member team manager supervisor concierge porter mechanic plumber electrician operator"
    " barista bartender person fellow chap guard host hostess cleaner gardener installer representative rep apprentice trainee"
    " fahrer fahrerin bote botin zusteller zustellerin kellner kellnerin dame herr herrn mitarbeiter mitarbeiterin kollege"
    " kollegin kollegen techniker technikerin monteur verkaufer verkauferin kassierer kassiererin koch kochin beraterin berater"
    " servicekraft bedienung lieferant lieferantin azubi empfangsdame rezeptionistin hausmeister handwerker schaffner"
    " schaffnerin pfleger pflegerin arzt arztin mann frau"
)
THANKING = word_set(
    "thank thanks thx cheers kudos bravo you danke dank dankeschon dear hi hello hey hallo liebe lieber an by with von mit bei"
    " durch fur to for from and und that how when because dass weil wie als hat war ist habe haben hatte named called namens"
    " especially particularly besonders vor allem our your ihr ihre ihren ihrem eure euer met spoke asked told saw"
    " wonderful lovely great amazing brilliant kind super toll tolle netten nette lieben lob"
)
PERSON_VERBS = word_set(
    "was is has had were helped went took came did gave showed answered rang called explained sorted fixed found brought carried"
    " stayed waited listened smiled saved deserves rocks spoke talked served sent got kept looked knew wrote drove rode walked"
    " ran offered managed made let put stood cheered calmed picked solved replied phoned repaired arranged treated noticed"
    " remembered returned handled understood cared delivered cooked baked always also really even never just truly"
    " hat hatte war ist half kam brachte ging nahm machte erklarte rief loste fand blieb wartete lachelte rettete fuhr gab"
    " kummerte beriet bediente trug reparierte organisierte wusste blieb schrieb liess hielt sprach antwortete verdient"
)
ACTIONS = PERSON_VERBS - word_set(
    "was is has had were made got always also really even never just truly let put war ist hat hatte"
)
"""What only somebody does: of a place one says that it "was"."""
NO_NAMES = word_set(
    "danke prima thanks great super since today monday never again still please there where their these those really maybe"
    " later after every could would should about hello dear order pizza sorry quite while which whose without"
)
"""Words that a slip of the pen must not turn into a name."""
