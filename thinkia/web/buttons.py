"""What the pages of one button share."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from thinkia.domain.reasons import Refused
from thinkia.web.errors import sentence


def pressed(act: Callable[[], object], said: str, then: str) -> ResponseReturnValue:
    """One button of a page: what came of it is said on the page that follows."""
    try:
        act()
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        flash(said, "success")
    return redirect(then)
