import pytest

from thinkia.db import db


@pytest.fixture
def run(app):
    """A command of ``flask`` as somebody types it; what it printed."""
    runner = app.test_cli_runner()

    def run(*arguments, code=0):
        result = runner.invoke(args=[*map(str, arguments)])
        assert result.exit_code == code, result.output
        db.session.expire_all()
        return result

    return run
