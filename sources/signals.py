"""Questions that this room asks of the rooms above it."""

from django.dispatch import Signal

# Who tells the public about documents? A receiver answers with a condition on `Document`: those
# that its public pages cite.
telling = Signal()
