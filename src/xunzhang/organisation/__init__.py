"""People, roles, departments, who acts for whom, and the company's own calendars."""
