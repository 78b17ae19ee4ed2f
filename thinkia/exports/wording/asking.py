"""What may be asked for: sets of tables, and columns about persons by what they serve."""

from flask_babel import lazy_gettext as _l

from thinkia.exports.models import Group

PRESETS = {
    "registrations": _l("Registrations"),
    "teams": _l("Teams and their members"),
    "submissions": _l("Proposals with their answers"),
    "panels": _l("Panels: who reads what"),
    "reviews": _l("Reviews by juror and criterion"),
    "ranking": _l("The order, measured values and appeals"),
    "certificates": _l("Certificates"),
    "conflicts": _l("Conflicts of interest"),
    "mails": _l("Log of letters"),
    "all": _l("Everything"),
}
GROUPS = {
    Group.NAMES: _l("Names of people"),
    Group.PROFILE: _l("Sector, institution, territory and what people say of themselves"),
    Group.CONTACT: _l("E-mail addresses"),
    Group.BIRTH: _l("Dates of birth"),
    Group.REASONS: _l("Why jurors do not read a proposal"),
    Group.FILES: _l("The files that teams handed in"),
}
EMPTY_PURPOSES = {
    Group.NAMES: _l("Write what the names are for. It is kept with the export."),
    Group.PROFILE: _l("Write what these data about people are for. It is kept with the export."),
    Group.CONTACT: _l("Write what the e-mail addresses are for. It is kept with the export."),
    Group.BIRTH: _l("Write what the dates of birth are for. It is kept with the export."),
    Group.REASONS: _l("Write what the jurors' reasons are for. It is kept with the export."),
    Group.FILES: _l("Write what the files are for. It is kept with the export."),
}
