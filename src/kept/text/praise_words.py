"""The vocabulary of good words in English and German, as pieces of patterns. Read by praise_patterns.py and praise_undone.py."""

from __future__ import annotations

from kept.text.words import folded, word_set

KINDNESS = (
    r"kind\w*|friend(?:ly|lier|liest|liness)|helpful\w*|patien(?:t|ce)\w*|polite\w*|attentive\w*|caring|courte(?:ous|sy)\w*"
    r"|professional\w*|knowledgeable|sweet|sweetest|charming|gentle|gentleness|considerate|thoughtful\w*|compassionate"
    r"|welcoming"
    r"|accommodating|obliging|understanding|respectful|reassuring|generous|supportive|cheerful|honest\w*|trustworthy|reliable"
    r"|dedicated|conscientious|empath\w+|funny|warm|warmth|kind-hearted|gracious|warm-hearted"
    r"|good-humoured"
    r"|freundlich\w*|hilfsbereit\w*|geduldig\w*|geduld|nett(?:e[nmrs]?|er|este\w*)?|zuvorkommend\w*|kompetent\w*|aufmerksam\w*"
    r"|höflich\w*|herzlich\w*|engagiert\w*|lieb(?:e[nmrs]?|enswert\w*|enswürdig\w*)?|liebevoll\w*|einfühlsam\w*|sympathisch\w*"
    r"|rücksichtsvoll\w*|zuverlässig\w*|verlässlich\w*|souverän\w*|professionell\w*|respektvoll\w*|herzensgut\w*"
    r"|empathisch\w*|verständnisvoll\w*|fröhlich\w*|rührend\w*|charmant\w*|fürsorglich\w*|gütig\w*|reizend\w*"
)
GOOD = (
    r"great|good|lovely|wonderful\w*|brilliant\w*|fantastic\w*|excellent\w*|amazing\w*|awesome|superb\w*|outstanding\w*"
    r"|exceptional\w*"
    r"|fabulous\w*|terrific|marvell?ous\w*|perfect\w*|incredible|remarkable|splendid|nice|best|delightful|super\w*|ace"
    r"|magnificent"
    r"|efficient\w*|quick|skilled|careful|diligent|calm|beautifully|impeccable|first[- ]class|top[- ]notch|stellar|phenomenal"
    r"|exemplary|invaluable|impressive|priceless|faultless|flawless|spot on|second to none"
    r"|toll\w*|super\w*|klasse|spitze\w*|großartig\w*|wunderbar\w*|hervorragend\w*|ausgezeichnet\w*|fantastisch\w*|prima|genial"
    r"|exzellent\w*|perfekt\w*|gut|gute[nmrs]?|bester?|beste[nmrs]?|erstklassig\w*|vorbildlich\w*|sensationell|einmalig"
    r"|einsame|top"
)
TREASURE = (
    r"star|gem|treasure|highlight|glücksgriff|sonnenschein|worth (?:his|her|their) weight|on the ball|legend|angel|hero"
    r"|credit|joy|delight|pleasure|lifesaver|life-saver|diamond|asset|saint|gentleman|lady"
    r"|superstar|rock ?star|dream|blessing|schatz|engel|held|heldin|goldstück|perle|sonnenschein|gold wert|wucht"
    r"|lebensretter\w*"
)
THANK = (
    r"thank(?:s|ed|ing| you| u)?|thx|kudos|bravo|props|compliments?|congratulations|hats off|well done|shout[- ]?out"
    r"|praise[ds]?"
    r"|applause|grateful|gratitude|thankful|commend|salute|special mention|three cheers|round of applause|credit"
    r"|danke\w*|dank|lob|loben|kompliment\w*|hut ab|chapeau|dankbar|respekt|applaus|bedank\w*"
)
BE = r"was|is|were|are|has been|have been|had been|'s|'re|seemed|looked|war|waren|ist|sind|bist|warst|wirkte|fand"
DEEDS = (
    r"help(?:ed|ing)|assist(?:ed|ing)|rescued|sav(?:ed|ing) (?:the|my|our|me|us)|look(?:ed|ing) after|took (?:such |very "
    r"|great |good )*care"
    r"|took (?:the|so much|such|his|her|their|all the|lots of|plenty of) time|went (?:above|out of (?:his|her|their) way"
    r"|the extra)"
    r"|go(?:es|ing)? above|above and beyond|out of (?:his|her|their) way|made (?:my|our|the|his|her) (?:\w+ )?(?:day|evening"
    r"|week|night|"
    r"birthday|christmas|stay|trip|visit|holiday|weekend)|cheered (?:me|us|my|him|her)|calmed|comforted|stood by (?:me|us)"
    r"|stayed late|ma(?:de|kes) (?:me|us|my \w+|everybody|everyone) feel (?:so |very |really |right )?(?:at home|welcome"
    r"|special|safe|comfortable|heard|seen|better)"
    r"|treat(?:ed|s) (?:me|us|her|him|my \w+) (?:like (?:a )?(?:queen|king|royalty|family|princess)|with (?:such |so much "
    r"|great )?(?:respect|kindness|care|dignity))"
    r"|put a smile|(?:a|always) smil(?:e|es|ing) for|(?:everything|all) (?:he|she|they|\x01) could|knows (?:his|her"
    r"|their) (?:trade|stuff|job|craft|business)"
    r"|(?:sein|ihr|das) bestes (?:gegeben|getan)|offenes ohr|gut aufgehoben|zur seite gestanden|ahnung|auf alles eine antwort"
    r"|sorted (?:it|everything) (?:all )?out|put (?:me|us|my \w+) at ease|kept (?:me|us) (?:calm|informed|updated|posted)"
    r"|smiled"
    r"|still smiling|rode all the way|walked (?:me|us|my) |waited with|listened|deserves|with (?:a|such a) (?:\w+ )?smile"
    r"|(?:weiter)?geholfen|half|gerettet|gekümmert|gelächelt|zeit (?:für \w+ )?genommen|(?:gut|super|toll|bestens"
    r"|hervorragend|kompetent"
    r"|ausgezeichnet|prima|sehr gut|wunderbar) (?:beraten|bedient|betreut|erklärt|gelöst|gemacht)|verdient|tag (?:gerettet"
    r"|versüßt)"
    r"|mühe gegeben|mit (?:einem|dem|a) (?:\w+ )?lächeln|without being asked|ungefragt|came back (?:for|to|with)"
    r"|remembered my|möglich gemacht|zurückgerufen|beruhigt|aufgemuntert|eingesetzt|extra"
)
FOND = (
    r"love[ds]?|adore[ds]?|recommend(?:ed|s)?|appreciate[ds]?|praise|commend|value[ds]?|empfehlen?|schätzen?|loben?|mögen"
    r"|mag|lieben?"
)
GLAD = (
    r"impressed|delighted|thrilled|blown away|pleased|happy|grateful|thankful|in good hands|begeistert|beeindruckt|zufrieden"
    r"|dankbar|froh|glücklich|schwärm\w*"
)
WORK = (
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
        " proud lucky touched exemplary invaluable impressive trade treated queen king welcome highlight glucksgriff"
        " stolz ohr bestes aufgehoben worth reliable honest funny warm empathy zuverlassig souveran priceless feel"
        " zuverlassige respektvoll professionell ahnung"
        " danken marks bedanke dankten genug way went stars sterne five zeit mention mentioned credit salute cheers smiles grin"
        " warm warmth effort efforts quick efficient calm beautiful hilfe hilft half unterstutzt bestens gut guter gute beruhigt"
        " ausserst zuvorkommender hoflicher kundig fursorglich liebenswurdig dankbare sonnenschein applaus chapeau weiterhelfen"
        " weitergeholfen gemacht muhe respect legendary talented heroes angels gems stars champion diamond pleasure listened"
        " listen stayed helpfulness impressive gentleman lady sorted thoughtfulness empathy treated superstar fab"
    )
)
"""Without one of these words there is no good word: the quick look before the careful one."""
