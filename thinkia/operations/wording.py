"""The words in front of each line of ``flask check``."""

from flask_babel import lazy_gettext as _l

WELL, WRONG, UNUSED = _l("ok"), _l("WRONG"), _l("–")
