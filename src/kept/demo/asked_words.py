"""What customers of Marlow write beside a number, and on a card for good words."""

from __future__ import annotations

HAPPY = (
    "Hot, quick, and the rider knew our bell.",
    "Everything right, as always.",
    "They found my order from last year within a minute.",
    "Amira was as friendly as ever.",
    "Ben carried the boxes to my car. I had not asked.",
    "Sehr freundlich, und die Pizza war heiß.",
    "Schnell, und der Karton war trocken, trotz Regen.",
    "I rang at ten and had the invoice by noon.",
    "Dana made one without onions for my father, although it stood nowhere on the card.",
    "No complaints at all.",
)
SO_SO = (
    "Good, but it took a while.",
    "The pizza is fine. The page still shows the old opening hours.",
    "The queue at the copier was long again.",
    "Could have been hotter.",
    "Ganz in Ordnung. Nur das Telefon war lange besetzt.",
    "The drinks came ten minutes after the food.",
)
LOST = (
    "Cold, and nobody said a word about it.",
    "I waited fifty minutes and then it was the wrong one.",
    "Half of the order was missing, and the phone was engaged.",
    "The box had come open in the bag. It was all over the place.",
    "Die Pizza kam kalt an, und am Telefon ging niemand dran.",
    "Twice I asked for the corrected invoice. Twice I was told that it is on its way.",
    "They forgot the drinks again.",
    "The man at the counter was on the phone the whole time.",
)
CAME_LATE = ("It came late, and I would like to know why.", "Can somebody tell me when you open on bank holidays?")
FOLLOW_UPS = (
    "Thank you for answering, and for saying what went wrong. I have looked into it: it was ours to see, and it is put right.",
    "You asked for a word from us. I spoke with the kitchen about your evening; what you paid is on its way back to you.",
    "I wanted to write to you myself. What you describe should not happen, and I can tell you how it came about.",
)
PRAISE_CARDS: tuple[tuple[str, str, str], ...] = (
    ("amira", "She rang up from the street because our bell is broken, and waited until we were down.", ""),
    ("ben", "He let me use the copier after closing time, five minutes, because my train was going.", ""),
    ("dana", "She came out of the kitchen to ask whether the child could eat nuts. That is how it should be.", ""),
    ("tom", "He opened the warehouse for me on a Saturday for one single toner.", ""),
    ("", "He carried my shopping to the bus although it was raining.", "the young man at the till, with the beard"),
    ("", "She gave my boy a piece of dough to play with while we waited.", "the lady with the red scarf"),
    ("", "Er hat mir dreimal erklärt, wie das Faxgerät geht, und nie geseufzt.", "der Herr am Kopierer, am Dienstag"),
)
LINES_BACK = (
    "That made my week. Thank you.",
    "I remember you. Say hello to your mother.",
    "Any time. It was no trouble at all.",
)
