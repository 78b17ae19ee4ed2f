"""``flask results rank`` and ``study`` at a terminal, on texts."""

import json
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from thinkia.results.cli import results_cli

ROOT = Path(__file__).parents[2]

ONE = """
rubric:
  aggregate: sum
  criteria:
    - {code: a, scale: {min: 0, max: 100}}
"""
TWO = """
rubric:
  aggregate: sum
  criteria:
    - {code: a, scale: {min: 0, max: 5, step: 1}}
    - {code: b, scale: {min: 0, max: 5, step: 1}}
"""
BALANCED = (
    ONE
    + "method: {name: sector_balanced, sectors: {public: 1, academia: 1, civil_society: 2, private: 0, cooperation: 0}%s}\n"
)
HEADER = "submission,juror,sector,criterion,mark\n"


class Terminal:
    """Runs the command on texts. No database, no secret: an application with a language and nothing else."""

    def __init__(self, folder):
        app = Flask("thinkia")
        app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
        Babel(app)
        app.cli.add_command(results_cli)
        self.folder, self.runner = folder, app.test_cli_runner()

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def rank(self, rules, scores, subs=None, options="", environment=None, metrics=None):
        files = ["--rules", self.file("rules.yaml", rules), "--scores", self.file("scores.csv", scores)]
        if subs is not None:
            files += ["--submissions", self.file("subs.csv", subs)]
        if metrics is not None:
            files += ["--metrics", self.file("metrics.csv", metrics)]
        return self.runner.invoke(args=["results", "rank", *files, *options.split()], env=environment)

    def study(self, scores, rules=None, options=""):
        files = ["--scores", self.file("scores.csv", scores)]
        if rules is not None:
            files += ["--rules", self.file("rules.yaml", rules)]
        return self.runner.invoke(args=["results", "study", *files, *options.split()])

    def figures(self, scores, rules=None, options=""):
        result = self.study(scores, rules, options)
        assert (result.exit_code, result.exception) == (0, None), result.stderr
        return json.loads(result.stdout)

    def ranking(self, rules, scores, subs=None):
        result = self.rank(rules, scores, subs, "--format json")
        assert (result.exit_code, result.exception) == (0, None), result.stderr
        return json.loads(result.stdout)["ranking"]

    def refusal(self, rules, scores, subs=None, language="en"):
        result = self.rank(rules, scores, subs, f"--lang {language}")
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr.splitlines()


def rows(*lines):
    return HEADER + "".join(f"{line}\n" for line in lines)


def alone(**marks):
    return rows(*(f"{code},J1,public,a,{mark}" for code, mark in marks.items()))
