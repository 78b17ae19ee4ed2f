"""From jurors' marks to an order, exactly.

``order.rank`` is the door. ``panels`` gives a submission its score, ``ties`` settles equal scores,
``table`` reads marks given elsewhere, ``figures`` writes a score, ``findings`` says what is in the way.
"""
