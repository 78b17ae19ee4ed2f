"""What people do with teams: start one, let people in, leave, hand over. One face for routes and seeds."""

from thinkia.teams.services.invitations import (
    accept,
    decline,
    invite,
    invite_person,
    make_link,
    resend,
    revoke,
)
from thinkia.teams.services.places import admit
from thinkia.teams.services.requests import accept_request, ask, decline_request, withdraw_request
from thinkia.teams.services.teams import (
    create,
    drop_offer,
    edit,
    leave,
    offer_representation,
    remove,
    take_over,
)

__all__ = [
    "accept",
    "accept_request",
    "admit",
    "ask",
    "create",
    "decline",
    "decline_request",
    "drop_offer",
    "edit",
    "invite",
    "invite_person",
    "leave",
    "make_link",
    "offer_representation",
    "remove",
    "resend",
    "revoke",
    "take_over",
    "withdraw_request",
]
