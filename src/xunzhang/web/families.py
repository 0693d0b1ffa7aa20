"""The page families, in the order in which their addresses are tried; each is a package beside this file."""

FAMILIES = ("shell", "account", "work", "customers", "cases", "policies", "ledger", "organisation")
