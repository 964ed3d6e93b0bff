"""What strangers send as HTML: made safe to show, and made plain to read."""

from __future__ import annotations

import nh3

from kept.lib.html_bounding import bounded
from kept.lib.html_reading import HtmlReader

_TAGS = (
    "a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr u ul"
)
_NOT_WORDS = "iframe math noscript object script select style svg template textarea title video"
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    clean_content_tags=set(_NOT_WORDS.split()),
    attributes={
        "*": {"dir", "lang"},
        "a": {"href", "title"},
        "img": {"alt"},  # never src: whoever is asked for the picture learns that the mail was read
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)


def safe_html(dirty: str) -> str:
    """HTML that runs nothing, loads nothing, and links only to the web, a mailbox or a telephone.

    Takes anything, raises nothing; of what is nested past all sense only the words are left.
    """
    return _CLEANER.clean(bounded(dirty))


def text_of(html: str) -> str:
    """The words as a plain mail writes them: paragraphs, lists, "> " quotes, links as <address>. Never raises."""
    reader = HtmlReader()
    reader.feed(safe_html(html))
    reader.close()
    return reader.text()
