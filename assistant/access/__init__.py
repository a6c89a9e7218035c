"""Who may come in: users with passwords, programs with tokens, how often each may ask, and from which pages."""
