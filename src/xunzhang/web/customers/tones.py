"""Which tone stands for which grade and status."""

from xunzhang.customers.choices import Status

GRADE_TONES = {"A": "red", "V": "red", "B": "blue", "C": "green", "D": ""}
STATUS_TONES: dict[str, str] = {
    Status.PROSPECT: "blue",
    Status.ACTIVE: "green",
    Status.DORMANT: "amber",
    Status.LOST: "",
    Status.BLACKLISTED: "red",
}
