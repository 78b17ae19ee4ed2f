"""The letters that were written, as their reader finds them."""

import re

from thinkia.db import db
from thinkia.outside.mail import Mail


def letters_to(email):
    return db.session.query(Mail).filter_by(to=email).order_by(Mail.id).all()


def last_letter(email):
    return letters_to(email)[-1]


def kinds_to(email):
    """Which letters somebody got, by the names of their templates."""
    return [letter.template.rpartition("/")[2].removesuffix(".txt") for letter in letters_to(email)]


def link_in(letter):
    """The one link of the letter, as a path of the site."""
    (link,) = re.findall(r"^https?://[^/]+(/\S+)$", letter.text, re.MULTILINE)
    return link


def code_in(letter):
    (digits,) = re.findall(r"^(\d{6})$", letter.text, re.MULTILINE)
    return digits
