"""What pages and reports ask of the policy."""
