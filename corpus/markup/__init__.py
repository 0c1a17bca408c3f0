"""What does this HTML say, as plain text in sections, and which pages does it link to?"""

from corpus.markup.fragments import HtmlText, html_text
from corpus.markup.plain import has_markup, is_plain, plain_line, plain_text

__all__ = ["HtmlText", "has_markup", "html_text", "is_plain", "plain_line", "plain_text"]
