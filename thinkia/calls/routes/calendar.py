"""The dates of a call for people's own calendars."""

from datetime import datetime, timedelta

from flask import url_for
from icalendar import Calendar, Event, vText

from thinkia.calls.models import Call
from thinkia.calls.wording.dates import dates_of
from thinkia.web.locale import moment
from thinkia.web.pages import plain

LASTS = timedelta(minutes=15)


def calendar_of(call: Call, now: datetime) -> bytes:
    """An iCalendar file: an entry for each date. Importing it again moves the entries, never doubles them."""
    bases = call.announced
    title, address = plain(bases.title), url_for("calls.show", code=call.code, _external=True)
    calendar = Calendar()
    calendar.add("prodid", "-//Thinkia//Thinkia//ES")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for date in dates_of(bases):
        event = Event()
        event.add("uid", f"{call.code}.{date.key}@thinkia")
        event.add("dtstamp", now)
        event.add("sequence", call.version.number if call.version else 0)
        event.add("summary", f"{title}: {date.words}")
        event.add("dtstart", date.at)
        event.add("dtend", date.at + LASTS)
        event.add("description", f"{moment(date.at, bases.time_zone)}\n{address}")
        event.add("url", address)
        event["transp"] = vText("TRANSPARENT")
        if call.cancelled_reason:
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
