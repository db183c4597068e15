"""Questions that this room asks of the rooms above it."""

from django.dispatch import Signal

# Who tells the public about actors? A receiver answers with a condition on `Actor`: those that its
# public pages name.
telling = Signal()
