"""The small words of every day: greetings, thanks, holding lines, notes, verdicts, and what machines send."""

from __future__ import annotations

PIZZAS = ("Margherita", "Quattro Stagioni", "Marinara", "Capricciosa", "Funghi", "Diavola", "Napoli", "Verdura")
PRODUCTS = (
    "desk",
    "swivel chair",
    "filing cabinet",
    "whiteboard",
    "shredder",
    "desk lamp",
    "bookcase",
    "footrest",
    "label printer",
)
PRINTERS = ("LaserJet 1320", "Brother HL-L2350", "Kyocera FS-1041", "OKI B412")
RELATIVES = ("daughter", "son", "husband", "wife", "neighbour", "mother")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
HOURS = ("twenty to eight", "ten past eight", "half past seven", "quarter to nine", "eight")

FIRST = (
    "Ana", "Colin", "Lena", "Oda", "Petra", "Rahul", "Moira", "Tomasz", "Ifeoma", "Gwen", "Duncan", "Aisha", "Leonard", "Siân", "Marek", "Joyce",
    "Kwame", "Helga", "Patrick", "Noor", "Beatrice", "Stuart", "Yusuf", "Margaret", "Emil", "Rosalind", "Dev", "Clare", "Winston", "Ingrid",
    "Hannah", "Omar", "Freya", "Alasdair", "Chiara", "Desmond", "Eleni", "Farah", "Gareth", "Hiroko", "Isaac", "Jelena", "Keith", "Louisa",
)  # fmt: skip
LAST = (
    "Souza", "Marsh", "Vogt", "Lien", "Novak", "Mehta", "Ferguson", "Zielinski", "Eze", "Pritchard", "Rowe", "Khan", "Baxter", "Evans", "Dvorak",
    "Hollis", "Mensah", "Brandt", "Quinn", "Rahman", "Thorne", "Sinclair", "Demir", "Ashby", "Lindqvist", "Hale", "Kapoor", "Winter", "Clarke",
    "Berg", "Osborne", "Farouk", "Nielsen", "Munro", "Ricci", "Campbell", "Pappas", "Haidari", "Llewellyn", "Sato", "Levy", "Petrovic", "Dobbs",
)  # fmt: skip
DOMAINS = ("post.example", "quayside.example", "millmail.example", "homely.example", "harbour.example", "brightdental.example")

GREETINGS = ("Hello {first},", "Dear {first},", "Good morning {first},", "{first}, good afternoon.")
SIGN_OFFS = ("Kind regards", "Yours", "With kind regards", "Thank you for your patience")
HOLDING = (
    "I have not forgotten you. I am still waiting for word from the warehouse, and you hear from me as soon as I have it.",
    "A short sign from me: the kitchen is looking into it and I do not want to guess. You hear from me again.",
    "I have asked, and I have asked again. As soon as somebody has been to look, I write.",
)
ASKS_BACK = (
    "So that I look at the right one: what is the number at the top of your receipt?",
    "Was it the large or the small box? It stands on the label, at the side.",
)
TELLS = ("The number is {order}. I hope that helps.", "It says {order}, in rather small print.")
THANKS = ("Thank you, that was quick.", "Thanks, all good now.", "Lovely. Thank you.", "Much obliged. That is settled, then.")
YES_BY_VOICE = (
    "Yes, it came, thank you, that is all done.",
    "All settled, she said, and laughed.",
    "“You can cross that off your list.”",
)
NO_MORE = (
    "I have bought it elsewhere. You need not trouble yourselves any further.",
    "I give up. Please close my account.",
    "Four messages for one answer is three too many for me. Goodbye.",
)
NOT_YET = (
    "Not yet, I am afraid: it is the same as before.",
    "No. The part that was missing is still missing.",
    "Half of it. The other half is still open.",
)
NOTES = (
    "Rang the warehouse: the pallet went out with the wrong list. Tom is checking the other three.",
    "Regular customer, comes in on market days. Prefers to be rung after two.",
    "Second time this month with the left oven. Told Dana.",
    "She is the office manager; invoices go to accounts@ and not to her.",
    "Looked at the ticket: it left at 19:42, so the time on the page was wrong.",
)
HAND_OVERS = ("it is about the oven", "Tom knows the pallet", "they were at the counter first", "half day off tomorrow")
RESTED = ("thanks, nothing asked", "they only say thank you", "answered over the counter while they wrote")

NEWSLETTERS = (
    (
        "Flour & Yeast Weekly",
        "news@flourandyeast.example",
        "This week: ten rye sourdoughs",
        "Ten rye sourdoughs, and why your starter sulks in May.",
    ),
    ("Packaging Today", "digest@packagingtoday.example", "Boxes that breathe", "Corrugated news from four continents."),
    (
        "Quay Street Traders",
        "list@quaystreet.example",
        "Minutes of the traders' meeting",
        "Present: eleven. Apologies: four. The bins again.",
    ),
)
ABSENCES = (
    "Thank you for your message. I am out of the office until Monday and read it then.",
    "I am on leave. In urgent matters please ring the front desk of Bright Dental.",
    "This mailbox is read on Tuesdays and Thursdays.",
)
MACHINES = (
    ("Parcel Robot", "noreply@parcels.example", "Your parcel is on its way", "Parcel {order} has left the depot."),
    ("Copier 2, Mill Lane", "copier@marlowlan.example", "Toner low", "Device: Copier 2. State: toner low. Pages: 120{order}."),
    ("Till backup", "backup@marlowlan.example", "Backup finished", "Backup of till 1 finished without errors."),
)
SPAM = (
    (
        "Growth Partner",
        "sales@seo-heights.example",
        "Quick question about your website",
        "I looked at your website and I can bring you to page one within a week.",
    ),
    (
        "Office Pens Direct",
        "offers@pensdirect.example",
        "Pens with your name on them",
        "Two thousand pens, your name, our price. Shall we talk?",
    ),
)
