"""The names a site wants before a visit, and what to say once it is too late to send them."""
