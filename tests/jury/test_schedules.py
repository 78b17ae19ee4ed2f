"""A sample of the schedules of benchmarks/offline.py: nothing lost, whatever the connection does."""

import pytest

from tests.jury.devices import a_reading_juror, signed_in
from tests.jury.schedules import EDITS, Schedule
from thinkia.db.transaction import transaction


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twenty_edits_arrive_whatever_the_connection_does(committed_app, new_page, address, seed):
    with transaction():
        juror = a_reading_juror()
    tab = signed_in(committed_app, new_page("es"), juror.account, address)
    found = Schedule(tab.context, juror, seed).run()
    assert found.edits == EDITS
    assert (found.lost, found.doubled, found.undecided, found.left) == (0, 0, 0, 0), found
