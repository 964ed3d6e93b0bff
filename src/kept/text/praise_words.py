"""Good words, and what takes them back, in English and German: patterns over an even clause. Read by praise.py.

In a clause "\\x01" stands for whom it is about and "\\x02" for anybody else of ours.
"""

from __future__ import annotations

import re

from kept.text.words import folded, word_set

WHO, OTHER = "\x01", "\x02"

_KIND = (
    r"kind\w*|friend(?:ly|lier|liest|liness)|helpful\w*|patien(?:t|ce)\w*|polite\w*|attentive\w*|caring|courte(?:ous|sy)\w*"
    r"|professional\w*|knowledgeable|sweet|sweetest|charming|gentle|gentleness|considerate|thoughtful\w*|compassionate"
    r"|welcoming"
    r"|accommodating|obliging|understanding|respectful|reassuring|generous|supportive|cheerful|gracious|warm-hearted"
    r"|good-humoured"
    r"|freundlich\w*|hilfsbereit\w*|geduldig\w*|geduld|nett(?:e[nmrs]?|er|este\w*)?|zuvorkommend\w*|kompetent\w*|aufmerksam\w*"
    r"|höflich\w*|herzlich\w*|engagiert\w*|lieb(?:e[nmrs]?|enswert\w*|enswürdig\w*)?|liebevoll\w*|einfühlsam\w*|sympathisch\w*"
    r"|rücksichtsvoll\w*|verständnisvoll\w*|fröhlich\w*|rührend\w*|charmant\w*|fürsorglich\w*|gütig\w*|reizend\w*"
)
_GOOD = (
    r"great|good|lovely|wonderful\w*|brilliant\w*|fantastic\w*|excellent\w*|amazing\w*|awesome|superb\w*|outstanding\w*"
    r"|exceptional\w*"
    r"|fabulous\w*|terrific|marvell?ous\w*|perfect\w*|incredible|remarkable|splendid|nice|best|delightful|super\w*|ace"
    r"|magnificent"
    r"|efficient\w*|quick|skilled|careful|diligent|calm|beautifully|impeccable|first[- ]class|top[- ]notch|stellar|phenomenal"
    r"|toll\w*|super\w*|klasse|spitze\w*|großartig\w*|wunderbar\w*|hervorragend\w*|ausgezeichnet\w*|fantastisch\w*|prima|genial"
    r"|exzellent\w*|perfekt\w*|gut|gute[nmrs]?|bester?|beste[nmrs]?|erstklassig\w*|vorbildlich\w*|sensationell|einmalig"
    r"|einsame|top"
)
_TREASURE = (
    r"star|gem|treasure|legend|angel|hero|credit|joy|delight|pleasure|lifesaver|life-saver|diamond|asset|saint|gentleman|lady"
    r"|superstar|rock ?star|dream|blessing|schatz|engel|held|heldin|goldstück|perle|sonnenschein|gold wert|wucht"
    r"|lebensretter\w*"
)
_THANK = (
    r"thank(?:s|ed|ing| you| u)?|thx|kudos|bravo|props|compliments?|congratulations|hats off|well done|shout[- ]?out"
    r"|praise[ds]?"
    r"|applause|grateful|gratitude|thankful|commend|salute|special mention|three cheers|round of applause|credit"
    r"|danke\w*|dank|lob|loben|kompliment\w*|hut ab|chapeau|dankbar|respekt|applaus|bedank\w*"
)
_BE = r"was|is|were|are|has been|have been|had been|'s|'re|seemed|looked|war|waren|ist|sind|bist|warst|wirkte|fand"
_DEEDS = (
    r"help(?:ed|ing)|assist(?:ed|ing)|rescued|sav(?:ed|ing) (?:the|my|our|me|us)|look(?:ed|ing) after|took (?:such |very "
    r"|great |good )*care"
    r"|took (?:the|so much|such|his|her|their|all the|lots of|plenty of) time|went (?:above|out of (?:his|her|their) way"
    r"|the extra)"
    r"|go(?:es|ing)? above|above and beyond|out of (?:his|her|their) way|made (?:my|our|the|his|her) (?:\w+ )?(?:day|evening"
    r"|week|night|"
    r"birthday|christmas|stay|trip|visit|holiday|weekend)|cheered (?:me|us|my|him|her)|calmed|comforted|stood by (?:me|us)"
    r"|stayed late"
    r"|sorted (?:it|everything) (?:all )?out|put (?:me|us|my \w+) at ease|kept (?:me|us) (?:calm|informed|updated|posted)"
    r"|smiled"
    r"|still smiling|rode all the way|walked (?:me|us|my) |waited with|listened|deserves|with (?:a|such a) (?:\w+ )?smile"
    r"|(?:weiter)?geholfen|half|gerettet|gekümmert|gelächelt|zeit (?:für \w+ )?genommen|(?:gut|super|toll|bestens"
    r"|hervorragend|kompetent"
    r"|ausgezeichnet|prima|sehr gut|wunderbar) (?:beraten|bedient|betreut|erklärt|gelöst|gemacht)|verdient|tag (?:gerettet"
    r"|versüßt)"
    r"|mühe gegeben|möglich gemacht|zurückgerufen|beruhigt|aufgemuntert|eingesetzt|extra"
)
_FONDNESS = (
    r"love[ds]?|adore[ds]?|recommend\w*|appreciat\w*|impressed|delighted|thrilled|blown away|pleased|couldn't be happier"
    r"|best of luck to"
    r"|begeistert|beeindruckt|zufrieden|empfehl\w*|schätze\w*|froh|glücklich|liebe[n]?|top zufrieden|schwärm\w*"
)
_WORK = (
    r"job|work|service|help|advice|support|care|attitude|experience|conversation|chat|communication|effort|efforts|assistance"
    r"|manner"
    r"|beratung|hilfe|arbeit|service|bedienung|betreuung|unterstützung|einsatz|gespräch|leistung|mühe"
)

GIVES_IT_AWAY = word_set(
    folded(
        "thank thanks thx thankful grateful gratitude kudos bravo props compliment compliments hats praise praised commend shout"
        " shoutout applause credit kind kinder kindest kindness kindly friendly friendliness helpful helped helping help patient"
        " patience patiently polite politely attentive caring courteous courtesy professional knowledgeable sweet charming gentle"
        " considerate thoughtful compassionate welcoming understanding cheerful generous great good lovely wonderful wonderfully"
        " brilliant brilliantly fantastic excellent amazing awesome superb outstanding exceptional fabulous terrific marvellous"
        " perfect incredible remarkable splendid nice nicer best delightful delight super star gem treasure legend angel hero joy"
        " lifesaver asset saint gentleman deserves deserve raise medal love loved adore recommend appreciate appreciated"
        " impressed delighted smile smiled smiling beyond saved rescued comforted calmed cheered beautifully enough nothing"
        " danke dank dankeschon dankbar lob loben kompliment respekt hut freundlich freundliche freundlicher freundlichen"
        " freundlichkeit hilfsbereit hilfsbereite hilfsbereiten geduldig geduld nett nette netten netter zuvorkommend kompetent"
        " aufmerksam hoflich herzlich herzlichen engagiert lieb liebe lieben liebevoll sympathisch frohlich ruhrend toll tolle"
        " tollen klasse spitze grossartig grossartige wunderbar hervorragend ausgezeichnet fantastisch prima genial perfekt beste"
        " bester schatz engel held goldstuck perle geholfen half gerettet gekummert bedanken begeistert beeindruckt zufrieden"
        " empfehlen schatze verdient gelachelt beraten charmant reizend gold well care cared day looked time ease first class"
        " danken bedanke dankten genug way went stars sterne five zeit mention mentioned credit salute cheers smiles grin"
        " warm warmth effort efforts quick efficient calm beautiful hilfe hilft half unterstutzt bestens gut guter gute beruhigt"
        " ausserst zuvorkommender hoflicher kundig fursorglich liebenswurdig dankbare sonnenschein applaus chapeau weiterhelfen"
        " weitergeholfen gemacht muhe respect legendary talented heroes angels gems stars champion diamond pleasure listened"
        " listen stayed helpfulness impressive gentleman lady sorted thoughtfulness empathy treated superstar fab"
    )
)
"""Without one of these words there is no good word: the quick look before the careful one."""


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_N = r"\x01(?:'s|')?"
_FEW = r"(?: (?!that\b|dass\b|for\b|für\b|letting\b|sending\b|telling\b|asking\b)[^\s\x01\x02,;:]+){0,5}"
_ADVERBS = r"(?: [^\s\x01\x02,;:]+){0,6}?"

ABOUT_THEM = (
    _p(rf"\b(?:{_THANK})\b{_FEW},? {_N}"),
    _p(rf"\b(?:thanks?|thank you|danke|dank) (?:again |so much )?(?:for|für) {_N}(?: \S+)? "),
    _p(rf"{_N},? (?:really |truly |certainly |wirklich )?(?:deserves?|verdient|hat\b[^,]* verdient)"),
    _p(rf"{_N}(?:,? (?:who|der|die|welche[rs]?))?(?:,[^,]{{1,50}},)?{_ADVERBS} (?:{_BE}){_ADVERBS} (?:{_KIND}|{_GOOD}"
        rf"|{_TREASURE})\b"),
    _p(rf"{_N}'s(?: [^\s\x01\x02,;:]+){{0,4}}? (?:{_GOOD}|{_KIND}|{_TREASURE})\b"),
    _p(rf"{_N}[^,;:\x02]{{0,80}} (?:{_KIND}|{_GOOD})(?: \w+)? (?:{_BE}|gemacht|beraten|bedient|betreut|geholfen|behandelt)\b"),
    _p(rf"{_N}(?:,? (?:who|der|die))?[^;:\x02]{{0,90}}\b(?:{_DEEDS})"),
    _p(rf"\b(?:{_BE}) {_N}(?: [^\s\x01\x02,;:]+){{0,4}} (?:{_KIND}|{_GOOD}|{_TREASURE})\b"),
    _p(rf"\b(?:{_GOOD}|{_KIND}),?(?: [^\s\x01\x02,;:]+){{0,1}} {_N}(?:\W|$)"),
    _p(rf"\b(?:{_GOOD}|{_KIND}|{_TREASURE})(?: [^\s\x01\x02,;:]+){{0,2}} (?:{_BE})(?: [^\s\x01\x02,;:]+){{0,3}} {_N}"),
    _p(rf"\b(?:{_GOOD}|{_KIND})(?: \w+){{0,2}} (?:{_WORK})(?: \w+){{0,3}}? (?:from|by|with|of|von|durch|bei"
        rf"|mit)(?: [^\s\x02,]+){{0,4}} {_N}"),
    _p(rf"{_N}[^;:\x02]{{0,60}}\b(?:did|made|done|gave|hat|leistet\w*|macht\w*"
        rf"|gemacht)\b[^;:\x02]{{0,40}}\b(?:{_GOOD})(?: \w+)? (?:{_WORK})"),
    _p(rf"\b(?:{_FONDNESS})(?: [^\s\x01\x02,;:]+){{0,4}} {_N}"),
    _p(rf"{_N}(?: \w+){{0,3}} (?:impressed|amazed|touched|delighted|beeindruckt|begeistert) (?:me|us|mich|uns)|{_N} (?:rocks"
        rf"|rules)"),
    _p(rf"\bwith(?:out)? (?:the help of )?{_N}.{{0,30}}(?:couldn't|could not|lost|not have|nicht|lost without)"),
    _p(rf"(?:what (?:would|should|could) (?:i|we) (?:do|have done)|couldn't have (?:done|managed) (?:it"
        rf"|this)) without (?:\w+ )?{_N}"),
    _p(rf"\b(?:five|5) (?:stars|sterne) (?:for|to|für|an) (?:\w+ )?{_N}|{_N}[^;:]{{0,30}}(?:five|5|10/10) ?(?:stars|sterne)?$"),
    _p(rf"\b(?:menschen|mitarbeiter\w*|kolleg\w*|person|driver|people|anyone|somebody|someone)[^;:]{{0,20}} (?:as \w+ as|wie"
        rf"|like) {_N}"),
    _p(rf"\bas (?:{_KIND}|{_GOOD}) as (?:\w+ )?{_N}"),
    _p(rf"{_N},? (?:you|sie|du) (?:{_BE}|haben)?[^;:\x02]{{0,40}}\b(?:{_KIND}|{_GOOD}|{_TREASURE})\b"),
    _p(rf"\b(?:you're|you are|sie sind|du bist)(?: \w+){{0,3}} (?:{_KIND}|{_GOOD}|{_TREASURE}),? {_N}"),
    _p(rf"nothing (?:was|is) too (?:much|small|big)[^;:]{{0,20}} for {_N}"),
    _p(rf"{_N}[^;:\x02]{{0,30}}(?:could(?: not|n't)|can(?:'t|not| not)) (?:have )?(?:do|done|be|been) (?:enough|more|nicer"
        rf"|kinder|better)"),
    _p(rf"{_N}(?:'s|s)? (?:[^\s\x02,;:]+ )?(?:kindness|patience|help|geduld|freundlichkeit|hilfe|hilfsbereitschaft)\b[^;:\x02]*"
       rf"(?:{_GOOD}|{_KIND}|meant|made|saved|gerettet|gutgetan|{_DEEDS})"),
    _p(rf"{_N}[^;:\x02]{{0,60}} (?:danken|bedanken|loben|(?:herzlichen |vielen |meinen |unseren )*dank (?:aus|sagen|weiter))"),
    _p(rf"(?:tell|sagen sie|sag|let|richten sie) {_N}[^;]{{0,40}}\b(?:he|she|they|er|sie|how|wie)\b[^;]*\b(?:{_GOOD}|{_KIND}"
        rf"|{_TREASURE}|{_DEEDS})\b"),
    _p(rf"(?:appreciat\w*|value[ds]?|love[ds]?|schätz\w*|mag) {_N}"),
)  # fmt: skip
"""One of these, and the clause is a good word about \\x01, unless something takes it back."""

KIND = _p(rf"\b(?:{_KIND})\b")
"""What is only said of people: beside one name and nobody else it is about them."""

EXEMPT = _p(
    r"can(?:'t|not| not)(?: \w+){0,2} (?:thank|praise|recommend|fault|speak highly)|could(?:n't| not) (?:have )?(?:be|been"
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
    rf"|nothing|least|neither|nor|nicht gerade|too)(?: \w+){{0,3}} (?:{_KIND}|{_GOOD}|{_TREASURE}|{_DEEDS}|help|smile)\b"
    rf"|n't (?:\w+ ){{0,3}}(?:{_KIND}|{_GOOD}|help)\b"
)
WOULD = _p(
    r"\b(?:would (?:be|have been|help)|could (?:be|have been|you|he|she)|can you|should|shall|needs? to|has to|ought|if only"
    r"|i wish|hope\w*"
    r"|learn\w*|teach|train\w*|if\b|unless|whether|wäre|würde|hätte|könnte|sollte|müsste|hoff\w*|wünsch\w*|wenn|falls|ob\b"
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
    r"|anstelle von)(?: \w+){0,2} \x01"
    r"|\w+er als (?:\w+ )?\x01|\b(?:kind|nice|friendly|polite|patient|lieb|nett|freundlich|höflich|geduldig)(?:er)? (?:to"
    r"|with|zu|mit|gegenüber)"
    r" (?:\w+ )?\x01|\b(?:nice|good|great|lovely|kind|nett|schön)(?: of (?:you|him|her))? to (?:meet|see|hear|talk|speak|let"
    r"|tell|ask) "
    r"|(?:regards|grüße|gruß|greetings|wishes|love) (?:to|an) (?:\w+ )?\x01|\bthat \x01 (?:no longer|has left|is gone)|(?:let"
    r"|told|asked|ask) \x01"
    r"|\b(?:too|so[- ]called|sogenannte\w*|supposed\w*|allegedly|apparently|angeblich\w*|vermeintlich\w*|such a"
    r"|be a)\b(?=.*\x01)"
    r"|\x01.*\b(?:supposed\w*|allegedly|angeblich\w*|vermeintlich\w*)\b"
)
BAD = _p(
    r"\b(?:rude\w*|unfriendly|unhelpful|impolite|arrogan\w+|ignor\w+|los[te]+|losing|broke\w*|late|wrong|cold|terrible|awful"
    r"|worst|useless|disappoint\w+"
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
    r"|\b(?:exactly )?what (?:was|is|went) wrong\b|\bwhere (?:it|\w+) was lost\b|\b(?:despite|trotz) [^,;]*"
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
    rf"\b(?:you|sie|du) (?:were|are|have been|'re|waren|sind|haben|warst|hast)(?: [^\s\x01\x02,;:]+){{0,4}} (?:{_KIND}"
    rf"|{_GOOD}|{_TREASURE}|geholfen)\b"
    rf"|\bmade my (?:day|week|evening)\b|\b(?:your|ihre|deine) (?:\w+ )?(?:kindness|patience|great help|große hilfe"
    rf"|großartige hilfe|tolle hilfe"
    rf"|freundlichkeit|geduld)\b|couldn't have done (?:it|this) without you"
)
GREETS = _p(
    r"^\W*(?:dear|hello|hi|hey|good (?:morning|day|evening)|liebe[r]?|hallo|guten (?:tag|morgen|abend)"
    r"|sehr geehrte[r]?)\b[^\x01]{0,20}$"
)
