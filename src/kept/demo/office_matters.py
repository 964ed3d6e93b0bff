"""What people write to the office supply in Mill Lane."""

from __future__ import annotations

from kept.demo.matters import OFFICE, Matter, Pledge

OFFICE_MATTERS = (
    Matter(
        OFFICE,
        "complaint",
        "{product} never came",
        (
            "Order {order}: the {product} was due on {weekday}. It is not here, and the link to follow it shows nothing.",
            "I have been at the door three mornings running for a {product} that does not come. Where is it?",
            "Paid on the 4th, promised for {weekday}, still waiting for the {product}. Two people sit here without one.",
        ),
        (
            "I went to look myself: your {product} was on the shelf with the wrong label. Tom has it in the van now.",
            "It never left us, and nobody told you. That is our doing. It goes out today, and Tom rings you an hour before.",
        ),
        wish="The {product}, this week",
        pledge=Pledge("The {product} at their door", "It is at your door {day}", 2, "tom"),
        more=("It is {weekday} now and the {product} is still not here.", "Half of it came. Where is the rest?"),
    ),
    Matter(
        OFFICE,
        "problem",
        "Wrong toner",
        (
            "You sent the toner for the {printer} in cyan. We asked for black, as every month.",
            "The cartridge does not fit our {printer}. The number on the box is right, what is inside is not.",
        ),
        (
            "The right one is packed on my desk with your name on it. Keep the wrong one at the door; Tom takes it back when he comes.",
            "That is our mistake in picking. The black one is on its way, and you need not send anything back.",
        ),
        pledge=Pledge("The right toner", "The right one is with you {day}", 1, "tom"),
        more=("The second one does not fit either. It is a {printer}, is it not?",),
    ),
    Matter(
        OFFICE,
        "request",
        "A corrected invoice",
        (
            "Invoice {order} still names our old address. We moved in February. Your van found us; your invoices have not.",
            "Could the invoice for order {order} show our purchase number? Our accountant sends it back every month.",
        ),
        (
            "Corrected, and attached. I have changed it in our books too, so that the next one is right by itself.",
            "The new invoice is on its way to you with the purchase number on it. I am sorry it took three letters of yours.",
        ),
        pledge=Pledge("A new invoice, to the new address", "You have the new invoice {day}", 1, "tom"),
    ),
    Matter(
        OFFICE,
        "complaint",
        "A leg is missing",
        (
            "The {product} came with three legs. I have counted twice.",
            "One of the screws in the bag has no thread, so the {product} leans. I am sixty-three and I am not going back on that floor.",
        ),
        (
            "Nobody should have to kneel for our mistake. Tom comes with the part and puts it up.",
            "The part is out of another box and comes to you by hand. Ten minutes, and it stands.",
        ),
        pledge=Pledge("The missing part, fitted", "Tom comes {day} and fits it", 2, "tom"),
    ),
    Matter(
        OFFICE,
        "question",
        "Does it fit?",
        (
            "Does the drawer insert fit the older {product}, the one with the rounded corners?",
            "Is the paper you sell as 90 gram all right for a {printer}? The last lot jammed.",
        ),
        (
            "It does, I tried it on the one in our own office. Take the narrow one; it has a millimetre of play.",
            "It is, if you fan it first. The last lot had been stored too damp, which was on us; I add a ream to your next order.",
        ),
    ),
    Matter(
        OFFICE,
        "complaint",
        "Nobody answers the telephone",
        (
            "I rang four times on {weekday}. It rings, then music, then nothing. Is there anybody?",
            "Your telephone told me I was third in line for twenty-five minutes. Then it told me goodbye.",
        ),
        (
            "There is: me. The line had been sent to a desk that stands empty on {weekday}s. It rings here now, and this is my own number.",
            "You should have been put through after three minutes. I have had it changed and tried it from my own phone. What was it that you wanted to ask?",
        ),
        more=("I wanted to know whether the {product} can be had in grey.",),
    ),
    Matter(
        OFFICE,
        "praise",
        "Ben at the counter",
        (
            "I came in for one hinge. Ben looked for it for half an hour, found it, and would not take money for it.",
            "Ben Castillo carried four boxes of paper to my car and remembered my dog's name. Tell somebody who matters.",
        ),
        ("I have told him, and Ines, in your own words. He went quite red. Thank you for writing.",),
        praises="ben",
    ),
    Matter(
        OFFICE,
        "request",
        "Standing order for a school",
        (
            "We would like thirty boxes of A4 at the start of every term, before the bell. Can that be arranged without my having to write?",
            "Please make our order a standing one: paper, chalk, and toner for the {printer}, on the first {weekday} of the month.",
        ),
        (
            "It stands from next month. You get a line from me two days before, and it comes before the bell.",
            "Done. If anything should be different one month, answer that line and it will be.",
        ),
        pledge=Pledge("The first standing delivery", "The first one is with you {day}, before the bell", 3, "tom"),
    ),
    Matter(
        OFFICE,
        "question",
        "Is the laminator working again?",
        (
            "Is the laminator in Mill Lane working again? I have forty menus.",
            "Do you still bind theses over the counter, and until when on {weekday}?",
        ),
        (
            "It is, since this morning. Forty take Ben about half an hour.",
            "We do, until half past four. Bring it as a file and it is quicker.",
        ),
    ),
    Matter(
        OFFICE,
        "idea",
        "A chair at the copier",
        (
            "There is nowhere to sit in the copier queue. A chair is all I ask.",
            "Put a clock up at the counter in Mill Lane, please. One waits better with one.",
        ),
        ("There is one from today. Ben carried it over himself. Thank you for saying so.",),
    ),
    Matter(
        OFFICE,
        "problem",
        "Refund for what I sent back",
        (
            "I sent the {product} back on the 9th and the money, £{price}, has not come. The label was yours.",
            "You have the {product} again; your driver signed for it. When do I have my £{price} again?",
        ),
        (
            "It was standing in the returns bay without a paper. I have booked it in, and the money is on its way.",
            "You are right, we have had it for nine days. £{price} went out this morning.",
        ),
        wish="£{price} back",
        pledge=Pledge("A refund of £{price}", "It is on your account {day}", 2),
        more=("Nothing on the account yet, I looked this morning.",),
    ),
    Matter(
        OFFICE,
        "complaint",
        "Charged for forty, got twenty-four",
        (
            "Twenty-four boxes came and I was charged for forty. Which is it to be, the boxes or the money?",
            "Our delivery note says one thing and the pallet another: {missing} boxes short, order {order}.",
        ),
        (
            "The boxes. {missing} of them stood on the next pallet; Tom brings them and rings you before.",
            "I have counted with Tom: {missing} are here. They come to you, and a note about the charge with them.",
        ),
        pledge=Pledge("{missing} boxes at their door", "They are with you {day}", 2, "tom"),
        more=("Four of the boxes are the wrong size. I am sorry to write again.",),
    ),
)
