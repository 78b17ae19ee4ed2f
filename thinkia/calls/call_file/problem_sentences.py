"""What to say of each problem in the rules of a call."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.calls.call_file.round_sentences import ROUND_SENTENCES
from thinkia.domain.bases_check import ProblemKind

PROBLEM_SENTENCES: dict[ProblemKind, Any] = {
    ProblemKind.VERSION_UNKNOWN: _l(
        "This platform does not know version %(version)s of the call file. It reads: %(known)s."
    ),
    ProblemKind.CALL_CODE: _l(
        "“%(code)s” cannot be the code of a call. Use up to 40 lower-case letters and digits, in "
        "words joined by hyphens."
    ),
    ProblemKind.CODE: _l(
        "“%(code)s” cannot be a code. Use up to 64 letters, digits, points and hyphens, without spaces."
    ),
    ProblemKind.EMPTY_NAME: _l("The name is empty. Write it or take the entry out."),
    ProblemKind.TEXT_TOO_LONG: _l(
        "This text has %(length)s characters; at most %(limit)s are accepted. Shorten it."
    ),
    ProblemKind.CONTROL_CHARACTER: _l(
        "This text holds an invisible control character (%(code)s). Take it out."
    ),
    ProblemKind.EMAIL: _l("“%(value)s” is not an e-mail address. Write it as name@example.org."),
    ProblemKind.ADDRESS: _l("“%(value)s” is not a web address. It must begin with https:// or http://."),
    ProblemKind.UNKNOWN_TIME_ZONE: _l(
        "There is no time zone “%(value)s”. Write its name, for example America/Guayaquil."
    ),
    ProblemKind.UNKNOWN_SECTOR: _l("“%(sector)s” is not a sector. Choose one of: %(known)s."),
    ProblemKind.UNKNOWN_PROVINCE: _l(
        "There is no province with the code “%(code)s”. Use INEC's two digits, from 01 to 24, or 90."
    ),
    ProblemKind.CLOSES_BEFORE_OPENING: _l(
        "%(window)s closes (%(later)s) before it opens or as it opens (%(earlier)s). Correct one of "
        "the two dates."
    ),
    ProblemKind.SUBMISSION_OPENS_BEFORE_REGISTRATION: _l(
        "Submission opens (%(later)s) before registration (%(earlier)s). Nobody could hand in yet: "
        "open registration first."
    ),
    ProblemKind.SUBMISSION_CLOSES_BEFORE_REGISTRATION: _l(
        "Submission closes (%(later)s) before registration (%(earlier)s). The last to register could "
        "not hand in: close registration first."
    ),
    ProblemKind.TEAMS_BEFORE_REGISTRATION: _l(
        "Team formation opens (%(later)s) before registration (%(earlier)s). Open registration first."
    ),
    ProblemKind.TEAMS_AFTER_SUBMISSION: _l(
        "Team formation closes (%(earlier)s) after submission (%(later)s). Close it first."
    ),
    ProblemKind.EVALUATION_BEFORE_CLOSE: _l(
        "Evaluation opens (%(later)s) before submission closes (%(earlier)s). Jurors would read "
        "proposals that still change: move one of the two."
    ),
    ProblemKind.RESULTS_BEFORE_EVALUATION: _l(
        "The results are promised for %(later)s, before evaluation closes (%(earlier)s). Move one of the two."
    ),
    ProblemKind.GRACE: _l("The grace period must be between 0 and %(limit)s seconds."),
    ProblemKind.DRAFTS_WITHOUT_DECLARATION: _l(
        "Complete drafts are handed in by themselves only where the team accepted a declaration. Add a "
        "required question of kind “declaration” that is asked in every challenge, or leave this out."
    ),
    ProblemKind.APPEAL_DAYS: _l("Appeals are open for 1 to %(limit)s days after publication."),
    ProblemKind.HOLIDAY: _l("“%(value)s” is no day. Write it as year, month and day: 2026-12-25."),
    ProblemKind.DUPLICATE_CHALLENGE: _l("Two challenges have the code “%(code)s”. Give each its own."),
    ProblemKind.DUPLICATE_QUESTION: _l("Two questions have the code “%(code)s”. Give each its own."),
    ProblemKind.DUPLICATE_OPTION: _l("Two options have the code “%(code)s”. Give each its own."),
    ProblemKind.DUPLICATE_CRITERION: _l("Two criteria have the code “%(code)s”. Give each its own."),
    ProblemKind.DUPLICATE_TIE_KEY: _l("The tie chain asks the same thing twice (%(key)s). Keep the first."),
    ProblemKind.DUPLICATE_PLACE: _l("Two prizes are for place %(place)s. Put them together or change one."),
    ProblemKind.DUPLICATE_PROVINCE: _l("The province %(code)s is listed twice. Keep one."),
    ProblemKind.AGE: _l("An age must be between 0 and %(limit)s."),
    ProblemKind.AGES_OUT_OF_ORDER: _l(
        "The highest age (%(max)s) is below the lowest (%(min)s). Correct one of them."
    ),
    ProblemKind.TEAM_MIN: _l("A team has at least 1 member. Write 1 or more."),
    ProblemKind.TEAM_SIZES_OUT_OF_ORDER: _l(
        "The largest team (%(max)s) is smaller than the smallest (%(min)s). Correct one of them."
    ),
    ProblemKind.COMPOSITION_KIND: _l(
        "A composition rule is one of three: “value” with “min” or “max”; “max_same”; or "
        "“min_different”. Write one of them."
    ),
    ProblemKind.COMPOSITION_NUMBER: _l(
        "The numbers of a composition rule cannot be negative, nor zero where members are compared."
    ),
    ProblemKind.COMPOSITION_OUT_OF_ORDER: _l(
        "The rule asks for at least %(min)s and at most %(max)s. Correct one of them."
    ),
    ProblemKind.COMPOSITION_OVER_TEAM: _l(
        "The rule needs %(least)s members, but a team has at most %(max)s. Lower the rule or let "
        "teams be larger."
    ),
    ProblemKind.KEY_NOT_FOR_KIND: _l(
        "“%(key)s” means nothing in a question of kind %(kind)s. Take it out or change the kind."
    ),
    ProblemKind.LIMIT: _l("“%(key)s” must be between 1 and %(limit)s."),
    ProblemKind.OPTIONS_MISSING: _l("A choice needs at least two options. Add them under “options”."),
    ProblemKind.NUMBERS_OUT_OF_ORDER: _l(
        "The smallest number (%(min)s) is above the largest (%(max)s). Correct one of them."
    ),
    ProblemKind.HOST_NAME: _l(
        "“%(value)s” is not the name of a site. Write it without https:// and in lower case: github.com."
    ),
    ProblemKind.FILE_TYPES_MISSING: _l(
        "A file question says which types it accepts. Add “types”; there are: %(known)s."
    ),
    ProblemKind.FILE_SIZE_MISSING: _l(
        "A file question says how large a file may be. Add “max_bytes”, at most %(limit)s."
    ),
    ProblemKind.UNKNOWN_FILE_TYPE: _l("Files of type “%(value)s” are not accepted. There are: %(known)s."),
    ProblemKind.PAGES_WITHOUT_PDF: _l(
        "Pages are counted in PDF files only. Add “pdf” to the types or take “max_pages” out."
    ),
    ProblemKind.UNKNOWN_CHALLENGE: _l(
        "There is no challenge with the code “%(code)s”. There are: %(known)s."
    ),
    ProblemKind.NO_CRITERIA: _l("The rubric has no criteria. Add at least one."),
    ProblemKind.WEIGHTS_TOTAL: _l(
        "The weights add up to %(total)s, not 100 (%(weights)s). Correct them, or give none and all "
        "are equal."
    ),
    ProblemKind.WEIGHTS_PARTLY: _l(
        "Some criteria have a weight and these have none: %(codes)s. Give one to each, or to none."
    ),
    ProblemKind.WEIGHT_NEGATIVE: _l("A weight cannot be negative (%(weight)s)."),
    ProblemKind.NOTHING_REQUIRED: _l(
        "Every criterion is optional or weighs 0, so a review without marks would be complete. Require one."
    ),
    ProblemKind.CAPS_WITHOUT_SUM: _l(
        "“caps” means something only in a sum of points. Take it out, or write “aggregate: sum”."
    ),
    ProblemKind.CAP_UNKNOWN_GROUP: _l(
        "No criterion belongs to the group “%(code)s”, so it cannot have a cap. There are: %(known)s."
    ),
    ProblemKind.CAP_POSITIVE: _l("A cap is the most points of a group. Write more than 0."),
    ProblemKind.WEIGHTS_IN_SUM: _l(
        "Where points are added, criteria have no weight: their largest mark is their weight. Take "
        "the weights out or choose “weighted_mean”."
    ),
    ProblemKind.SCALE_KIND: _l(
        "A scale is one of three: “min” and “max” with an optional “step”; “values”; or “checklist”. "
        "Write one of them."
    ),
    ProblemKind.SCALE_ENDS: _l("A scale from one mark to another needs both “min” and “max”."),
    ProblemKind.SCALE_OUT_OF_ORDER: _l("The lowest mark (%(min)s) must be below the highest (%(max)s)."),
    ProblemKind.STEP_POSITIVE: _l("The step between marks must be above 0."),
    ProblemKind.STEP_DOES_NOT_DIVIDE: _l(
        "Steps of %(step)s do not lead from %(min)s to %(max)s. Change one of the three."
    ),
    ProblemKind.VALUES_TOO_FEW: _l("A scale of listed values needs at least two."),
    ProblemKind.VALUES_NOT_ASCENDING: _l(
        "Write the values from the lowest to the highest, each once: %(values)s."
    ),
    ProblemKind.CHECKLIST_EMPTY: _l("A checklist needs at least one item, with its points."),
    ProblemKind.CHECKLIST_POINTS: _l("The points of each item of a checklist must be above 0."),
    ProblemKind.CHECKLIST_TOO_FINE: _l(
        "This checklist has too many possible marks. Use at most %(limit)s items, with rounder points."
    ),
    ProblemKind.OF_MAX_NEEDS_POSITIVE: _l(
        "With “of_max” a mark is divided by the highest: no mark may be negative and the highest must"
        " be above 0. Change the scale or choose “min_max”."
    ),
    ProblemKind.ANCHOR_OFF_SCALE: _l("%(mark)s is not a mark of this scale. Correct the anchor."),
    ProblemKind.ANCHOR_TWICE: _l("The mark %(mark)s has two anchors. Keep one."),
    ProblemKind.ITEMS_COUNT: _l(
        "There are %(items)s texts for %(checklist)s items of the checklist. Write one for each."
    ),
    ProblemKind.TRIM: _l("“trim” is how many reviews are left out at each end. Write 1 or more."),
    ProblemKind.TRIM_WITHOUT_TRIMMED: _l(
        "“trim” means something only with the method “trimmed_mean”. Take it out or change the method."
    ),
    ProblemKind.TRIM_TAKES_ALL: _l(
        "A panel of %(size)s would have no review left: with this “trim” it needs %(fewest)s jurors. Make "
        "panels larger or leave out fewer reviews."
    ),
    ProblemKind.CUT_OFF_OF_Z: _l(
        "Standardised scores have no fixed scale, so no cut-off can be set beforehand. Take it out or change "
        "the method."
    ),
    ProblemKind.METHOD_COMPARES: _l(
        "This method compares only what one and the same juror read. If jurors read proposals of different "
        "quality, it misleads: the mean is safer."
    ),
    ProblemKind.SECTORS_WITHOUT_BALANCE: _l(
        "The plain mean has no sector weights. Take “sectors” out or choose “sector_balanced”."
    ),
    ProblemKind.SECTOR_WEIGHT_NEGATIVE: _l("The weight of the sector %(sector)s cannot be negative."),
    ProblemKind.EVALUATORS_FEW: _l("One group of evaluators decides nothing. Name at least two, or none."),
    ProblemKind.EVALUATORS_WEIGHT: _l("The weight of the evaluators %(group)s has to be more than 0."),
    ProblemKind.EVALUATORS_WITH_SUM: _l(
        "Sums of groups of different sizes cannot be weighed against one another. Choose another method."
    ),
    ProblemKind.SECTOR_WEIGHTS_MISSING: _l(
        "These sectors can sit on a panel and have no weight: %(sectors)s. Give each one, 0 included,"
        " or keep them off the panels with “max: 0”."
    ),
    ProblemKind.SECTOR_WEIGHTS_ZERO: _l(
        "No sector has a weight above 0, so there would be no score. Give at least one."
    ),
    ProblemKind.SECTOR_CANNOT_SIT: _l(
        "The sector %(sector)s has a weight but no panel can have it. Give it a seat, take its weight"
        " to 0, or choose “missing_sector: redistribute”."
    ),
    ProblemKind.TIE_CODE_MISSING: _l("This step of the tie chain (%(key)s) needs the “code” it compares."),
    ProblemKind.TIE_CODE_UNEXPECTED: _l("This step of the tie chain (%(key)s) has no “code”. Take it out."),
    ProblemKind.TIE_UNKNOWN_CRITERION: _l(
        "The tie chain names the criterion “%(code)s”, which the rubric does not have. There are: %(known)s."
    ),
    ProblemKind.TIE_UNKNOWN_GROUP: _l(
        "The tie chain names the group “%(code)s”, which no criterion belongs to. There are: %(known)s."
    ),
    ProblemKind.LOTTERY_KEYS_UNEXPECTED: _l(
        "Only a lottery has “seed”, “source” and “drawn_at”. Take them out of this step (%(key)s)."
    ),
    ProblemKind.LOTTERY_SEED_EMPTY: _l("The seed of the lottery is empty. Write it or take the key out."),
    ProblemKind.AFTER_LOTTERY: _l("A lottery leaves no tie: nothing after it is ever asked. Put it last."),
    ProblemKind.DRAW_BEFORE_CLOSE: _l(
        "The lottery is drawn at %(drawn)s, but submissions arrive until %(closes)s (grace included)."
        " Draw it later, so that nobody knows the seed in time."
    ),
    ProblemKind.DRAW_AFTER_RESULTS: _l(
        "The lottery is drawn at %(drawn)s, after the results (%(results)s). Draw it before."
    ),
    ProblemKind.CUT_OFF: _l("The cut-off must be between %(low)s and %(high)s, in the units of the score."),
    ProblemKind.JURY_SIZE: _l(
        "A panel has from 1 to %(limit)s jurors: those who read one proposal, not the whole jury."
    ),
    ProblemKind.JURY_BALANCE: _l("“balance” cannot be negative."),
    ProblemKind.LANGUAGE_QUESTION: _l(
        "“%(code)s” is no question of this call with one answer to choose. Name one whose options are the "
        "codes of languages, for example es and qu."
    ),
    ProblemKind.JURY_EXTRA: _l(
        "Extra seats cannot be negative, and a panel has at most %(limit)s jurors with them."
    ),
    ProblemKind.EXTRA_TOO_MANY: _l(
        "The sectors fill at most %(total)s seats, but a panel has %(size)s with its extra ones. Raise a "
        "maximum or ask for fewer extra seats."
    ),
    ProblemKind.QUOTA_NEGATIVE: _l("The seats of a sector cannot be negative."),
    ProblemKind.QUOTA_OUT_OF_ORDER: _l(
        "The sector has at least %(min)s and at most %(max)s seats. Correct one of them."
    ),
    ProblemKind.QUOTAS_TOO_MANY: _l(
        "The sectors need at least %(total)s seats, but a panel has %(size)s. Lower a minimum or "
        "enlarge the panel."
    ),
    ProblemKind.QUOTAS_TOO_FEW: _l(
        "The sectors fill at most %(total)s seats, but a panel has %(size)s. Raise a maximum or make "
        "the panel smaller."
    ),
    ProblemKind.DELIBERATION_SIZE: _l(
        "Jurors see how the marks lie once two others are final, so a panel that deliberates has at "
        "least %(least)s. Enlarge it, or take “deliberation” out."
    ),
    ProblemKind.GROUPS_SIZE: _l(
        "The groups of evaluators have %(total)s seats together, but a panel has %(size)s. Make them equal."
    ),
    ProblemKind.GROUPS_HAVE_OWN: _l(
        "Each group of evaluators has its own “%(key)s”, under “groups”. Take it out here."
    ),
    ProblemKind.GROUP_UNKNOWN: _l(
        "“%(group)s” is no group of the method, which names these: %(known)s. Use the same codes in both, or "
        "take it out."
    ),
    ProblemKind.GROUPS_MISSING: _l(
        "The method weighs groups of evaluators, and the jury does not say how many of each read a proposal: "
        "%(groups)s. Add them under “groups”, each with its “size”."
    ),
    ProblemKind.PLACE: _l("The place of a prize is 1 or more."),
    ProblemKind.AMOUNT_NEGATIVE: _l("The amount of a prize cannot be negative."),
    ProblemKind.CURRENCY: _l(
        "An amount needs a currency that is in use, in three capital letters, for example USD."
    ),
    ProblemKind.WINNERS: _l("There is at least 1 winner. Write 1 or more."),
    ProblemKind.NO_TITLE: _l("The title is missing. Write it in Spanish, and in English if you can."),
    ProblemKind.NO_CHALLENGES: _l("The call opens no challenge. Add at least one."),
    ProblemKind.NO_QUESTIONS: _l("The call asks nothing of a proposal. Add at least one question."),
    ProblemKind.NO_STATEMENT: _l("The declaration has no text. Write what people declare."),
    ProblemKind.NO_TIE_BREAK: _l(
        "The bases do not say how a tie is decided. Add a tie chain that ends in the time of "
        "submission or in a lottery."
    ),
    ProblemKind.NO_DECIDER: _l(
        "The tie chain can end without a decision. Let its last step be the time of submission or a lottery."
    ),
    ProblemKind.LOTTERY_SEED_LITERAL: _l(
        "The seed of the lottery is already known, so codes could be chosen to win. Name a public "
        "source and an instant after the close instead."
    ),
    ProblemKind.LOTTERY_SOURCE_MISSING: _l(
        "The lottery names no public source of its seed. Add “source”, for example a numbered draw of"
        " the national lottery."
    ),
    ProblemKind.LOTTERY_INSTANT_MISSING: _l(
        "The lottery does not say when its seed is drawn. Add “drawn_at”, after the close."
    ),
    ProblemKind.NOT_TRANSLATED: _l(
        "This text is missing in %(language)s. Readers of that language will see it in the other."
    ),
    ProblemKind.SECTOR_MAY_LACK: _l(
        "The sector %(sector)s has a weight, but a panel may be made without it; that submission "
        "could not be ranked. Give it a minimum of 1."
    ),
    ProblemKind.NO_SUMMARY: _l("The call has no summary. Lists and search engines show it."),
    ProblemKind.NO_CONTACT: _l("The call names no contact address. Add one."),
    ProblemKind.BLIND_FILE: _l(
        "The jury reads without names, and what stands inside a file cannot be taken out. Ask in the hint "
        "that nobody writes names in it."
    ),
    ProblemKind.IDENTIFIES_IN_VAIN: _l(
        "An answer that says who applies is kept from the jury only where “blind” is true. Here the jury "
        "reads it."
    ),
    **ROUND_SENTENCES,
}

NAMES: dict[str, dict[str, Any]] = {  # parameters that are words themselves
    "window": {
        "registration": _l("Registration"),
        "team_formation": _l("Team formation"),
        "submission": _l("Submission"),
        "evaluation": _l("Evaluation"),
    },
    "language": {
        "es": _l("Spanish"),
        "en": _l("English"),
    },
}
