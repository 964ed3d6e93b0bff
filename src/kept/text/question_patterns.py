"""The turns of phrase, English and German, that ask without a question mark, or have one and ask nothing."""

from __future__ import annotations

import re

INDIRECT = re.compile(
    r"\b(?:(?:please )?(?:let|tell) (?:me|us) (?:know )?(?:if|whether|when|what|where|which|who|whom|why|how|about the)\b"
    r"|(?:i|we)(?:'d|'m| would| am| are| was)? (?:also |really |just )?(?:like|love|want|wanted|need|wish|keen|curious"
    r"|interested|wondering|wonder|asking|ask)(?: to)?(?: (?:know|hear|understand|ask|find out|learn))?"
    r" ?,? ?(?:if|whether|when|what|where|which|who|whom|why|how)\b|(?:please|kindly|can you"
    r"|could you) (?:\w+ )?(?:explain|advise|clarify|confirm|tell|inform|say)\b"
    r"|(?:i|we) (?:do not|don't|cannot|can't) (?:understand|see|know) (?:why|how|what|when|where|who)\b|no idea (?:why"
    r"|how|what|when|where|who|whom)\b|my question is\b"
    r"|(?:können|könnten|würden) sie (?:mir |uns |bitte |auch ){0,3}(?:sagen|mitteilen|erklären|bestätigen|verraten)"
    r"|(?:sagen|teilen|schreiben|erklären|bestätigen) sie (?:mir|uns|bitte)\b"
    r"|(?:ich|wir) (?:möchten?|würden?|wollen?|will) (?:gerne? |noch |auch )*(?:wissen|erfahren|fragen)|(?:ich"
    r"|wir) (?:frage[n]?|wüssten?) (?:mich |uns |gerne? )*,? ?(?:ob|wann|wie|was|wo|wer|warum)?\b"
    r"|(?:bitte )?(?:um|eine) (?:auskunft|erklärung|information),? (?:ob|wann|wie|was|wo|wer|warum)|(?:ich"
    r"|wir) (?:weiß|wissen|verstehe|verstehen) nicht,? (?:ob|wann|wie|was|wo|wer|wen|warum|weshalb)\b"
    r"|geben sie (?:mir|uns) (?:bitte )?bescheid,? (?:ob|wann|wie|was|wo|wer|wenn)|meine frage (?:ist|lautet)\b)"
)
SMALL_TALK = re.compile(
    r"^(?:\W*(?:hi|hello|hey|dear|hallo|liebe[r]?|guten (?:tag|morgen)|good (?:morning|afternoon))\b[^?,]{0,30},? ?)?"
    r"(?:how are you|how do you do|how is everything|how's (?:it going|everything|life)|how are things|are you well"
    r"|i hope you(?: are|'re) (?:well|fine)|wie geht(?:'s| es)|alles gut|geht es ihnen gut|remember me|you know)\b"
)
RHETORIC = re.compile(
    r"^(?:\W*(?:really|seriously|honestly|right|ok|okay|what|why me|huh|hm+|eh|wirklich|echt|ernsthaft|im ernst"
    r"|was soll das|oder|ja|nein|no|yes|sorry|pardon|gell|ne)\W*)$"
    r"|\b(?:are you (?:kidding|joking|serious)|you(?:'re| are| must be) (?:kidding|joking)|is this (?:a"
    r"|some kind of) joke|isn't it (?:funny|a shame|strange)|who (?:would|could) (?:have )?(?:believe|believed|think"
    r"|thought|guess)"
    r"|who knows|who cares|why (?:on earth |even )?(?:bother|do i bother|am i not surprised)|how hard can (?:it"
    r"|that) be|what is the world coming to|do you think i(?:'m| am) (?:stupid|made of money)"
    r"|wollen sie mich veräppeln"
    r"|soll das ein (?:witz|scherz) sein|ist das ihr ernst|wer hätte das gedacht|wie schwer kann das sein|wen wundert"
    r"|isn't that (?:great|lovely|nice)|what can i say|how (?:dare|could) you|can you believe)\b"
)
