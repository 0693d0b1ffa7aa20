"""Customers: companies and persons, their contacts, owners, history, import and export."""
