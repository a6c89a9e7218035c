"""What the page shows, as safe HTML, without the page: every word of an article or a user is escaped here."""
