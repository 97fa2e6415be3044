"""What people say and what they see: conversations, texts, charts and workbooks."""
