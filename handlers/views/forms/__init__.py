"""Documents that an office signs: the forms a1 and a2 from templates, and the annex report."""
