"""What a juror would like to read, as it was sent."""

from collections.abc import Iterable, Mapping

from thinkia.domain.bids import Liking

NOTHING = "either"


def likings_sent(codes: Iterable[str], data: Mapping[str, str]) -> dict[str, Liking | None]:
    """``bid:CODE`` of each proposal on the page; one that was not sent, or is no liking, is left out."""
    sent = {code: data.get(f"bid:{code}", "") for code in codes}
    known = {liking.value: liking for liking in Liking} | {NOTHING: None}
    return {code: known[value] for code, value in sent.items() if value in known}
