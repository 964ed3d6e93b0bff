"""The pages of paper: letters that came in and were read by machine, letters of ours to be printed and posted."""

from __future__ import annotations

from django.urls import URLPattern, path

from kept.web.desk import letters, letters_read, paper

PAPER: list[URLPattern] = [
    path("desk/paper", paper.paper, name="paper"),
    path("desk/paper/<uuid:reading_id>", letters_read.letter_read, name="paper_read"),
    path("desk/paper/<uuid:reading_id>/pages/<int:page>", letters_read.letter_page, name="paper_page"),
    path("desk/paper/<uuid:reading_id>/pdf", letters_read.letter_pdf, name="paper_pdf"),
    path("desk/paper/<uuid:reading_id>/fact", letters_read.decide_fact, name="paper_fact"),
    path("desk/paper/<uuid:reading_id>/words", letters_read.mend_words, name="paper_words"),
    path("desk/paper/<uuid:reading_id>/answers", letters_read.is_their_answer, name="paper_answers"),
    path("desk/letters", letters.letters, name="letters"),
    path("desk/letters/print.pdf", letters.print_them, name="letters_print"),
    path("desk/letters/posted", letters.posted_many, name="letters_posted"),
    path("desk/cases/<uuid:case_id>/letters/<uuid:message_id>.pdf", letters.letter, name="letter"),
    path("desk/cases/<uuid:case_id>/letters/<uuid:message_id>/posted", letters.posted, name="letter_posted"),
    path("desk/cases/<uuid:case_id>/letters/<uuid:message_id>/not-posted", letters.not_posted, name="letter_not_posted"),
]
