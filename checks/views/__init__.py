"""The checks team's pages. Every look at detail is recorded with its purpose."""
