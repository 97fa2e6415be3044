"""What people look at: texts, charts and workbooks made of one set of figures."""
