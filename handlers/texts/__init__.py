"""What the bot says, one module a conversation."""
