"""What the bot does unasked: what is due when, and putting it into the outbox."""
