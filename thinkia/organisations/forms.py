"""What is typed about the staff of a host."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from thinkia.organisations.wording import ROLES
from thinkia.web.forms import Form, OneOfSeveral, whole_address


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role.value, str(words)) for role, words in ROLES.items()]


class StaffForm(Form):
    email = EmailField(_l("E-mail address"), [whole_address])
    role = RadioField(_l("Role"), [InputRequired(_l("Choose a role."))], choices=_roles)


class RoleForm(Form):
    """One row of the list: whose role it is comes in ``email``."""

    email = EmailField(_l("E-mail address"), [whole_address])
    role = SelectField(_l("Role"), choices=_roles)


class RemovalForm(Form):
    email = EmailField(_l("E-mail address"), [whole_address])


class SecondsForm(OneOfSeveral):
    """Who may be second, by role."""

    by_staff = BooleanField(_l("Another person in charge, or another organiser, of this organisation"))
    by_chair = BooleanField(_l("The chair of the call's jury"))
    by_secretary = BooleanField(_l("The secretary of the call's jury"))


class NamedForm(OneOfSeveral):
    """Who may be second, by name."""

    second = EmailField(_l("E-mail address of the person"), [whole_address])
