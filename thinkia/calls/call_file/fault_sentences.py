"""What to say of each fault in the writing of a call file."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.calls.call_file.faults import Fault

FAULT_SENTENCES: dict[Fault, Any] = {
    Fault.TOO_LARGE: _l("The file is larger than %(limit)s bytes. Take long texts and pictures out of it."),
    Fault.NOT_UTF8: _l("The file is not UTF-8 text. Save it as UTF-8 and try again."),
    Fault.EMPTY: _l("The file is empty. Start from a template or from an exported call."),
    Fault.SYNTAX: _l(
        "This cannot be read as YAML or JSON. Look at the indentation, the quotes and the colons near here."
    ),
    Fault.SEVERAL_DOCUMENTS: _l(
        "The file holds more than one document. Keep one and take out the line “---”."
    ),
    Fault.ALIAS: _l("References (& and *) are not accepted. Write the value out in each place."),
    Fault.TAG: _l("Type tags such as “%(tag)s” are not accepted. Write the value alone."),
    Fault.TOO_DEEP: _l(
        "There are more than %(limit)s levels inside one another here. Compare with a template."
    ),
    Fault.TOO_MANY: _l(
        "The file holds more than %(limit)s values. No call needs so many: compare with a template."
    ),
    Fault.DUPLICATE_KEY: _l("The key “%(key)s” appears twice: first on line %(first)s, and here. Keep one."),
    Fault.KEY_IS_NO_TEXT: _l("A key must be a word, not a list or an object."),
    Fault.BROKEN_CHARACTER: _l("This text holds half a character (a lone surrogate). Write it again."),
    Fault.UNKNOWN_KEY: _l("There is no key “%(key)s” here. These exist: %(known)s."),
    Fault.UNKNOWN_KEY_ALIKE: _l("There is no key “%(key)s” here. Did you mean “%(alike)s”?"),
    Fault.MISSING_KEY: _l("The key “%(key)s” is missing here. Add it."),
    Fault.EMPTY_ITEM: _l("There is nothing here. Fill it in or take it out."),
    Fault.NOT_AN_OBJECT: _l("Keys with values are expected here (%(known)s), each as “key: value”."),
    Fault.NOT_A_LIST: _l("A list is expected here. Write each item on its own line after “- ”."),
    Fault.NOT_A_SCALAR: _l("A single value is expected here, not a list or an object."),
    Fault.NOT_TWO_LANGUAGES: _l(
        "This text is written in two languages. Put the Spanish under “es:” and the English under “en:”."
    ),
    Fault.NOT_A_NUMBER: _l("“%(value)s” is not a number. Write digits, with a point for decimals: 2.5."),
    Fault.NOT_A_WHOLE_NUMBER: _l("“%(value)s” is not a whole number. Write digits only."),
    Fault.NUMBER_TOO_FINE: _l("“%(value)s” has more than %(places)s decimals. Round it."),
    Fault.NUMBER_TOO_LARGE: _l("“%(value)s” is too large a number here."),
    Fault.NOT_YES_OR_NO: _l("“%(value)s” is neither yes nor no. Write true or false."),
    Fault.NOT_A_CHOICE: _l("“%(value)s” is not accepted here. Choose one of: %(known)s."),
    Fault.NOT_A_TIME: _l("“%(value)s” is not a date and time. Write it as 2026-03-12 17:00."),
    Fault.TIME_COMES_TWICE: _l(
        "The time %(value)s comes twice in %(zone)s, because the clocks go back. Add the offset, for "
        "example -05:00."
    ),
    Fault.TIME_SKIPPED: _l(
        "The time %(value)s does not exist in %(zone)s, because the clocks go forward. Choose another."
    ),
    Fault.TIME_WITHOUT_ZONE: _l(
        "“%(value)s” says no time zone. Give the call a “time_zone”, or add the offset, for example -05:00."
    ),
}
