"""What the pages of the law show: prose, rules, their conditions, and what bears on them."""
