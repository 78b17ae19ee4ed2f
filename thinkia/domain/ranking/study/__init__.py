"""Statistics of a panel's marks, in floating point: information, never the order itself.

``study.study`` is the door. ``scores`` holds reviews as columns, ``model`` finds severities, ``posterior``
says how sure an order is, ``variants`` what other methods would give, ``jurors`` what the chair may ask,
``alpha`` and ``reliability`` how far jurors agree. Nothing official may import this package, and a guard
holds it to that (``tests/architecture``).
"""
