"""Pages: the whole page for people and, for htmx, the partial template that the page includes."""

from typing import Any

import nh3
from flask import Flask, get_flashed_messages, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from thinkia.domain.text import Bilingual
from thinkia.web.locale import language, other_locale_url
from thinkia.web.security import current_actor, may, now

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "h2",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "br",
    "code",
    "hr",
}


def page(
    template: str, *, fragment: str | None = None, status: int = 200, **context: Any
) -> ResponseReturnValue:
    """The page; or, when htmx asks and the view names a ``fragment``, that partial of it."""
    asked = fragment if fragment and request.headers.get("HX-Request") else template
    return make_response(render_template(asked, **context), status)


def text(value: Bilingual | None) -> Markup:
    """What people wrote, in the reader's language; marked with its own when it had to fall back."""
    if not value:
        return Markup("")
    words, really_in = value.in_language(language())
    if really_in == language():
        return escape(words)
    return Markup('<span lang="{}">{}</span>').format(really_in, words)


def plain(value: Bilingual | None) -> str:
    """The same without mark-up, for titles and attributes."""
    return value.in_language(language())[0] if value else ""


def markdown(value: Bilingual | str | None) -> Markup:
    """Markdown that people wrote, as safe HTML: no images, no scripts, links that promise nothing."""
    mine = language()
    words, really_in = value.in_language(mine) if isinstance(value, Bilingual) else (value or "", mine)
    html = nh3.clean(
        _markdown.render(words),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    safe = Markup(html)  # noqa: S704 - cleaned by nh3 just above
    return safe if really_in == mine else Markup('<div lang="{}">{}</div>').format(really_in, safe)


def init_pages(app: Flask) -> None:
    """Give templates what they may rely on."""
    app.jinja_env.filters.update(text=text, plain=plain, markdown=markdown)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _always() -> dict[str, Any]:
        return {
            "may": may,
            "current_actor": current_actor(),
            "locale": language(),
            "other_locale_url": other_locale_url,
            "csrf_token": generate_csrf,
            "now": now(),
            "demo": not app.config["SETTINGS"].production,
            "get_flashed_messages": get_flashed_messages,
        }
