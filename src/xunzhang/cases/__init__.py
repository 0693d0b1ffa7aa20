"""Cases on their way through the processes of a policy, and the forms that people file."""
