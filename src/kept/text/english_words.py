"""The words with which people bind themselves in English, as patterns over even text; `english_cues.py` reads them."""

from __future__ import annotations

import re

from kept.text.cues import Conditions, either
from kept.text.words import word_set

MODAL = re.compile(
    r"(?P<will>(?:\bwill|'ll|\bshall)(?! (?:i|we|you|not|never|no longer|hardly)\b))"
    r"|(?P<going>(?:'m|'re|'s|\bam|\bare|\bis) (?:now |also )?going to\b)"
    r"|(?P<soft>\b(?:should|ought to)(?! (?:i|we|you|not|never)\b)|(?:'s|'re|\bis|\bare) (?:now )?(?:expected|due"
    r"|likely|estimated|supposed|scheduled|planned|set)\b"
    r"|\b(?:hope|aim|expect|plan|intend|try|trying|hoping|aiming|planning|expecting) to\b|\bcan expect\b|\b(?:usually "
    r"|normally |typically )?takes?\b)"
    r"|(?P<vow>\b(?:promise|guarantee|commit|undertake|pledge)(?: you)? to\b)"
    r"|(?P<let>\b(?:let|allow) me(?: to)?\b)"
)
WEAK = re.compile(
    r"(?P<ing>(?:'m|'re|\bam|\bare|'s|\bis) (?:just |now |also |currently )?(?P<doing>\w+ing)\b)|(?P<arranged>(?:'ve"
    r"|\bhave|\bhas) (?:now |just |already )?(?:arranged|booked|scheduled)\b)"
    r"|(?P<plain>\b(?:promise|guarantee|expect|arrives?|leaves?|goes|go out|ships?|comes?|drives?|brings?|calls?"
    r"|rings?|sends?|delivers?|refunds?|gets?|receive|hear|is|are|have|has)\b)"
)
BOUNDARY = re.compile(
    r"(?!,\d)[,;:()\"]|(?:^| )-+ |\b(?:and|but|or|so|then|that|because|if|when|once|whether|how|what|where|why|until|before"
    r"|after|while|although|than|as|unless|please|since)\b"
)
SUBORDINATE = word_set("if when once whether how what where why until before after while than as unless since")
_EARLY = either(
    "also then now personally both certainly definitely gladly just still always naturally tonight today tomorrow",
    "meanwhile therefore all first next surely really",
)
_LATE = either("also then now personally both certainly definitely gladly just still always all myself ourselves himself herself")
ADVERBS = re.compile(rf"^(?:{_EARLY},? )+|(?:(?:^| ){_LATE})+$")
DISTANT = re.compile(
    r"\b(?:ensure|\w+n't|not|cannot|whether|never|sure|unless|said|says|told|asked|wonder|doubt|understand why"
    r"|unlikely|wish|order to)\b"
)
OTHER_MODAL = re.compile(r"\b(?:will|would|could|can|may|might|must|shall|should|to|going)\b|'ll|'d\b")
DISTANT_THAT = re.compile(r"(?:n't|\b(?:not|ensure|so|doubt|unlikely|in order|said|wish|afraid|cannot|fear|sure))(?: \w+){0,3} $")
SURE = re.compile(r"\b(?:i am|i'm|we are|we're|be|am|rest) (?:\w+ )?(?:sure|assured|certain)(?: that)? ?(?:i|we|you)?$")

EXTERNAL = re.compile(
    r"\b(?:dhl|ups|fedex|hermes|dpd|gls|evri|royal mail|post office|postman|paypal|visa|mastercard|klarna|amazon|bank"
    r"|courier|carrier|manufacturer|supplier|insurer|insurance"
    r"|customs|police|landlord|council|authority|authorities|government|airline|doctor|lawyer|customers?|people|others"
    r"|competitors?"
    r"|(?:your|my|his|her|their) (?:husband|wife|son|daughter|mother|father|partner|lawyer|accountant|neighbou?r"
    r"|employer|company|boss|friend|colleagues?(?= of yours)|sister|brother))\b"
)
NOT_OURS = re.compile(
    r"\b(?:prices?|payments?|offer|sale|shop|store|voucher|coupon|subscription|contract|deadline|rent|fees?|terms)\b"
)
INSIDE = re.compile(
    r"\b(?:colleagues?|drivers?|team|kitchen|warehouse|rider|manager|chef|technician|engineer|someone|somebody"
    r"|one of us|staff|department|office|accounts|crew|assistant|fitter"
    r"|boss|specialist|expert|apprentice)\b"
)
PERSON_DOES = re.compile(
    r"(?:also |then |personally |now |gladly )*(?:call|ring|phone|contact|e-?mail|write|send|bring|drive|come|deliver"
    r"|check|look|get (?:back|in touch|it|that|them|hold)|let you|collect|fix|repair"
    r"|be (?:in touch|with you|there|at your|calling|round|ringing|visiting|coming|bringing|sending)|refund|sort"
    r"|handle|visit|meet|take|follow|explain|answer|reply|pick|drop|arrange"
    r"|text|replace|speak|talk|see|find|give|finish|prepare|cook|bake|pack|hand|put|make|rings|calls|drives|brings"
    r"|sends|comes|delivers)\b"
)
NO_PROMISE = re.compile(
    r" ?(?:also |just |then |now |always |only |of course |certainly |definitely )*"
    r"(?:be (?:on (?:\w+ )?(?:holiday|leave|vacation)|away|out\b|off\b|absent|unavailable|unable|happy|glad|delighted"
    r"|pleased|honest|frank|sorry|closed|travell?ing|here\b|back(?! (?:to|with|in touch))"
    r"|charg|deduct|required|needed|using|busy|in a meeting|at a |your |the one|open|cold|fine|fun|difficult|hard"
    r"|aware|grateful|taken from)|need|have to|have had|require|not\b|never|miss\b|admit"
    r"|assume|continue|say|mention|remember|keep (?:it|this|that) in mind|understand|see(?= you|[.!]?$)|wait\b|await|appreciate"
    r"|look forward|leave it (?:there|here|at)|charge|deduct|depend|cost|want|only"
    r"|be able to (?:help|assist)|notice|find attached|agree|forget|be honest|love|have no|apologi[sz]e|let you go"
    r"|stop|hopefully understand|take (?:this|it) (?:seriously|as)|help\b(?! (?:you )?with)|do\b(?! (?:so|it|that|this"
    r"|everything|my|our|the)))"
)
TRIES = re.compile(
    r" ?(?:also |then |certainly )*(?:try|do (?:my|our) (?:very )?(?:best|utmost)|attempt|aim|hope|see what|probably"
    r"|likely|hopefully|usually|normally|most likely|take )"
)
YOU_GET = re.compile(
    r" ?(?:also |then |soon |shortly |certainly |definitely |both )*(?:(?:receive|get|hear)\b|have (?!to\b|\w+ed\b|seen|had|been)"
    r"|(?:soon |then )?be (?:\w+ly )?(?:refunded|contacted|called|rung|notified|reimbursed|informed|credited"
    r"|compensated|updated|sent|given|paid|hearing|receiving|getting|able to)"
    r"|see (?:the|your|a|it|that) |find (?:the|your) (?:refund|money|credit))"
)
THING_DOES = re.compile(
    r" ?(?:also |then |soon |shortly |all |now )*(?:be (?:\w+ly |all )?(?:refunded|sent|delivered|shipped|posted"
    r"|replaced|repaired|fixed|corrected|credited|reimbursed|dispatched|collected|returned|paid"
    r"|transferred|processed|resolved|sorted|investigated|reviewed|updated|e-?mailed|mailed|forwarded|issued|cancelled"
    r"|waived|checked|passed|rung|called|contacted|with you|at your|back|in your|on (?:its|their|the) way"
    r"|there|ready|brought|picked up|exchanged|cleaned|installed)|arrive|reach|come\b|go out|leave\b|follow\b|ship\b"
    r"|land\b|get to you)"
)
NOT_SAID_NOW = re.compile(
    r" (?:know|say|explain|apologi[sz]e|assure|be\b|tell|start|begin|thank|add|put|repeat|quote|introduce|confirm|down"
    r"|finish|ask you|just|have)"
)

CONDITIONS = Conditions(
    any=re.compile(
        r"(?<!even )(?<!check )(?<!see )(?<!ask )(?<!out )(?<!know )\bif\b|\b(?:once(?! more| again)|provided|as long as"
        r"|unless|in case|upon|should you|subject to|the moment|as soon as"
        r"(?! possible| (?:i|we) (?:possibly )?can\b)|when(?!ever (?:i|we) can|  ?(?:i|we) can\b)|(?:only )?after (?:you"
        r"|we|i|receiving|receipt|getting|your)|on receipt|of (?:receiving|receipt|getting))\b"
    ),
    on_customer=re.compile(
        r"\b(?:if|provided|unless|in case|should you|subject to|as long as)\b|\byou\b(?! (?:an?|the)\b)|\b(?:i|we)(?:'ve"
        r"| have|'d)? (?:receive|get|got)(?!.{0,60} from (?!you))|\bhear (?:back|from you)|\breceiving|\breceipt|\bgetting"
        r"|\byour "
        r"(?:reply|answer|receipt|photo|photos|picture|order number|confirmation|message|details|address|payment|approval"
        r"|form|documents?|number|invoice|e-?mail|ok|go-ahead|return)\b"
    ),
    courtesy=re.compile(
        r"\bif (?:you (?:have|need|would like|want|wish|prefer|like|still have)(?: to)? (?:any|anything|further|more|other"
        r"|questions|me to explain|help)|there is anything|not\b|anything else|possible|so\b)"
    ),
    order=re.compile(
        r"^(?:(?:so|then|just|simply|please|kindly|can you|could you|would you|you can|if you can|hello|hi|yes|ok|thanks"
        r"|thank you|do)[, ]+){0,4}(?:please )?"
        r"(?:send|dm|e-?mail|give|reply|let (?:me|us) know|message|call|ring|share|forward|post|tell|provide|drop|return"
        r"|bring|confirm|fill|upload|write|text|hand|pop|show|keep)\b"
    ),
    hedge=re.compile(
        r"\b(?:hopefully|probably|perhaps|maybe|likely|normally|usually|typically|(?:i|we) (?:think|expect|hope|believe"
        r"|guess)|in theory|with (?:any )?luck|estimated|if all goes well|all being well)\b"
    ),
    cut=re.compile(
        r";| but | however\b| - |, please\b|,? (?:and|so) (?:please|you|then you|kindly)\b|, (?:although|though|while"
        r"|sorry)\b|: |, as "
    ),
)
