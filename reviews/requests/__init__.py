"""What people ask for on a visit: a buddy, a companion, or to come along and watch."""
