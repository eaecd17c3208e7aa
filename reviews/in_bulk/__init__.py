"""Every rule asked of everybody, for thousands of visits at once."""
