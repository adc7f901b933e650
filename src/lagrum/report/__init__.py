"""Charts and documents: what an analysis found, to be seen, printed and quoted."""
