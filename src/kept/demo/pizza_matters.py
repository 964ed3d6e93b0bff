"""What people write to the pizza kitchen on Quay Street."""

from __future__ import annotations

from kept.demo.matters import PIZZA, Matter, Pledge

PIZZA_MATTERS = (
    Matter(
        PIZZA,
        "complaint",
        "Cold when it came",
        (
            "The {pizza} reached us at {hour} and was stone cold. We live four streets away from you.",
            "Ordered at half past six, eaten lukewarm at {hour}. The {pizza} deserves better than that.",
            "I do not complain often. But a cold {pizza} on {weekday} evening, with two hungry children at the table, is hard to explain.",
        ),
        (
            "You are right, a {pizza} has to reach you hot. The rider carried three orders in one bag that evening; your part went back on your card today.",
            "I asked in the kitchen: your order waited eleven minutes under the lamp before it left. That was ours to see. The money is back on your card.",
        ),
        wish="My money back, or a warm one",
        more=("The money has not arrived. Could you look again?", "It came again last night, and again it was cold."),
    ),
    Matter(
        PIZZA,
        "complaint",
        "Wrong pizza in the box",
        (
            "We asked for a {pizza} and found a Hawaiian in the box. Nobody here eats pineapple.",
            "Order {order}: one {pizza} right, one somebody else's. I hope they enjoyed ours.",
            "The label said {pizza}, the box said otherwise. My mother is a vegetarian and had bread for dinner.",
        ),
        (
            "That was a mix-up at the pass: two orders left at {hour} and the lids were swapped. You have not paid for it; the refund went out this morning.",
            "I found both tickets and you are right. Your {pizza} is on us next time, whenever you like, and this one is refunded.",
        ),
        pledge=Pledge("A fresh pizza, on the house", "A fresh one is at your door {day}", 1, "amira"),
    ),
    Matter(
        PIZZA,
        "question",
        "Which bases have sesame?",
        (
            "My {relative} is allergic to sesame. Which of your bases are safe?",
            "Is there sesame in the {pizza}, or in the flour on the table? We would rather ask than guess.",
        ),
        (
            "The plain and the wholemeal base have none, and the table is floured with wheat only. The seeded rim has sesame, so please avoid it; we change gloves if you tell us when you order.",
            "No sesame in the {pizza}. The seeded crust is made at the other table; say 'sesame' when you order and Dana bakes it on its own tray.",
        ),
        pledge=Pledge("The list of bases without sesame", "You have the whole list from me {day}", 1, "dana"),
    ),
    Matter(
        PIZZA,
        "problem",
        "Charged twice",
        (
            "My card shows order {order} twice, £{price} each. I only had the one {pizza}.",
            "Two payments of £{price} on {weekday}. Please take one of them back.",
        ),
        (
            "The reader lost its line and sent the payment again. One of the two is cancelled; your bank shows it within three days.",
            "You paid once too often. £{price} is on its way back to the same card.",
        ),
        wish="One of the two payments back",
        pledge=Pledge("A refund of £{price}", "It is back on your card {day}", 2),
        more=("Three days later and still two payments. What now?",),
    ),
    Matter(
        PIZZA,
        "request",
        "A birthday for twenty",
        (
            "Could you do twenty small {pizza} for {weekday} week, at four in the afternoon? They are all turning nine.",
            "We would like to book the long table for twelve on {weekday}. One of us cannot have milk.",
        ),
        (
            "Gladly. I have written it into the kitchen book; Dana plans it and there will be one without milk, on a tray of its own.",
            "The long table is yours. Tell me the final number two days before and that is all you need to do.",
        ),
        pledge=Pledge("A call back about the party order", "Dana rings you {day} to go through the toppings", 1, "dana"),
        more=("We are two more now. Is that still all right?",),
    ),
    Matter(
        PIZZA,
        "complaint",
        "An hour and twenty minutes",
        (
            "The page said thirty-five minutes. It was an hour and twenty, and nobody rang.",
            "We waited until {hour} and then ate toast. When the {pizza} came we were asleep.",
        ),
        (
            "On {weekday} two riders were ill and the page went on promising thirty-five minutes. It now shows the true time, and you have not paid for that evening.",
            "It should have been my call to you at half past seven, and it was not made. I am sorry. The order is refunded in full.",
        ),
        more=("Thank you for the answer, but the page still said thirty-five minutes yesterday.",),
    ),
    Matter(
        PIZZA,
        "praise",
        "The rider in the rain",
        (
            "Amira brought our order through that storm on {weekday} and still asked how my hip was. Please tell her.",
            "Whoever Amira is: she carried it up five floors because the lift was broken, and laughed about it.",
        ),
        (
            "Thank you for taking the time. I have passed your words on to Amira and to her manager; she read them out in the kitchen.",
        ),
        praises="amira",
    ),
    Matter(
        PIZZA,
        "idea",
        "A smaller size",
        (
            "I live alone. A {pizza} in a small size would make me come twice as often.",
            "Have you thought of half portions at lunch? There are six of us at the dental practice who would take them.",
        ),
        ("I like it, and so does Dana. She tries a small size at lunch from next month; I will tell you how it goes.",),
    ),
    Matter(
        PIZZA,
        "question",
        "Open on the bank holiday?",
        ("Are you open on Monday, bank holiday and all?", "Until when do you bake on {weekday}? Our train comes in at ten."),
        ("Yes, from noon until ten, with the short menu.", "The oven is on until half past ten; order by ten and it is yours."),
    ),
    Matter(
        PIZZA,
        "complaint",
        "Burnt underneath",
        (
            "Black as the pan underneath. Is this what you call a {pizza}?",
            "The {pizza} was burnt on one side and pale on the other. Is something the matter with the oven?",
        ),
        (
            "Something was: the left stone ran forty degrees too hot. It is fixed since {weekday}, and your money is back on your card.",
            "You were the second to write, and that is how Dana found the broken thermostat. Thank you. It is refunded.",
        ),
        pledge=Pledge("What went wrong at the oven", "Dana finds out and I tell you {day}", 1, "dana"),
    ),
)
