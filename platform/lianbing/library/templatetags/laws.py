"""Citations as links in templates: `{% load laws %}{{ text|law_links:linker }}`."""

from django import template
from django.utils.safestring import SafeString

from lianbing.kit import clock
from lianbing.library.rendering.links import Linker, linked

register = template.Library()


@register.filter(is_safe=False)
def law_links(text: str, linker: Linker | None = None) -> SafeString:
    """The text escaped, its citations as links to the articles.

    With the view's prepared `linker` it costs no statement; without one the text is read for today, which
    suits a page with one such text only.
    """
    if linker is None:
        return linked(str(text), on=clock.today())
    return linker.text(str(text))


@register.filter(is_safe=False)
def law_links_in(html: str, linker: Linker) -> SafeString:
    """The same in HTML of the editor, which was cleaned when it was saved."""
    return linker.markup(str(html))
