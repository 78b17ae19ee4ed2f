"""Ages, in whole years on a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MAINLAND = ZoneInfo("America/Guayaquil")
OWN_CONSENT = 15  # from this age a person agrees to the use of his or her own data
ADULT = 18


def day_in_ecuador(now: datetime) -> date:
    """The date on the mainland: what a birthday is compared with."""
    return now.astimezone(MAINLAND).date()


def age_on(day: date, birth_date: date) -> int:
    """Whole years. Somebody born on 29 February grows older on 1 March."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday
