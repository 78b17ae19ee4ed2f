"""Appeals: a team asks for a review of its result, gets a receipt and, by two persons, a reasoned answer."""
