"""What every part may use: the only clock, refusals, money, text, search tokens, pages and spreadsheets."""
