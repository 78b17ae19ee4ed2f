"""What metrics tell the features below: which of their acts two persons decide."""

from thinkia.metrics import acts

acts.register()
