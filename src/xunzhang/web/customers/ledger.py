"""The seam to the policy: what the ledger knows of a customer, as values that the pages show."""
