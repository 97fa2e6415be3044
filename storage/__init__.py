"""What is kept and what it means: models, plans, calendar, compliance, queries, inbox and outbox."""
