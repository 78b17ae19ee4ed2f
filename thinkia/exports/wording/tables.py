"""The tables of exports, in words."""

from flask_babel import lazy_gettext as _l

TABLES = {
    "registrations": _l("Who entered the call: a row each, also who withdrew."),
    "teams": _l("Teams: name, what they say of themselves, how many people."),
    "members": _l("People in teams: a row each, with the team and the role."),
    "submissions": _l("Proposals that were handed in: a row each, a column for each question."),
    "files": _l("Files that came with the proposals: a row each, with size and fingerprint."),
    "jurors": _l("Jurors: code, sector, role, state."),
    "panels": _l("Panels: a row for each juror and proposal, with what became of the reading."),
    "reviews": _l("Marks: a row each, with juror's code, sector, proposal, criterion, mark and reason."),
    "reviews_wide": _l(
        "Reviews: a row each, of every state, with the marks side by side and the written words."
    ),
    "mark_changes": _l(
        "Marks that were final and became others: a row each, with both values, when, how and why."
    ),
    "deliberations": _l("What the panels said of each proposal: a row a note, with who wrote it and when."),
    "conflicts": _l("Conflicts of interest: a row each, also those taken back, with who, when and why."),
    "ranking": _l("The order: place, exact score, what decided ties, mean mark on each criterion."),
    "rounds": _l("Rounds that are closed: a row for each proposal, with its place and whether it went on."),
    "metrics": _l("Values measured elsewhere: a row each, also those that a correction replaced."),
    "appeals": _l("Appeals: what a team asked about the result, and the answer."),
    "certificates": _l("Certificates: a row each, with whom it names, also those revoked."),
    "mails": _l("Letters about the call: which, when, whether delivered. Not what they say."),
}
