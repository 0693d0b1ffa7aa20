"""Who works here: accounts, people, departments, roles, delegations and the company's own calendars."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.organisation.accounts import AccountManager


class Account(AbstractBaseUser, PermissionsMixin):
    """What somebody signs in with; the person behind it is `account.person`, if there is one."""

    username = models.CharField(_("login name"), max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.UniqueConstraint(Lower("username"), name="account_username_any_case"),
        )

    @override
    def __str__(self) -> str:
        return self.username


class Department(models.Model):
    """A part of the company, below another part or at the top."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    head = models.ForeignKey(
        "organisation.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads",
        verbose_name=_("head"),
    )
    region = models.CharField(_("region"), max_length=100, blank=True, default="")
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="department_not_below_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A post or a duty that a policy names, such as 客服专员; people hold it for a time."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("name",)

    @override
    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works for the company, or for it from outside, now or in the past."""

    account = models.OneToOneField(
        Account,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    code = models.CharField(_("staff number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100, db_index=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("department"),
    )
    manager = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("direct superior"),
    )
    region = models.CharField(_("region"), max_length=100, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=32, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    outside = models.BooleanField(_("from outside"), default=False)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True, db_index=True)
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    keys = models.JSONField(_("further facts"), default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="person_not_own_manager",
                condition=Q(manager__isnull=True) | ~Q(manager=F("id")),
            ),
            models.CheckConstraint(
                name="person_not_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
            ),
            models.CheckConstraint(
                name="person_successor_only_after_leaving",
                condition=Q(successor__isnull=True) | Q(left_at__isnull=False),
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name


class RoleHolding(models.Model):
    """A person holds a role from `since` until `until` (open when null)."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="holdings", verbose_name=_("person")
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="holdings", verbose_name=_("role"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("held role")
        verbose_name_plural = _("held roles")
        ordering = ("since", "pk")
        constraints = (
            models.CheckConstraint(
                name="holding_ends_after_it_starts",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=("person", "role"),
                condition=Q(until__isnull=True),
                name="holding_open_once_per_role",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person} · {self.role}"


class Delegation(models.Model):
    """While it lasts, `to_person` acts where `from_person` should: [starts_at, ends_at)."""

    from_person = models.ForeignKey(
        Person, models.CASCADE, related_name="delegations_given", verbose_name=_("delegated by")
    )
    to_person = models.ForeignKey(
        Person, models.CASCADE, related_name="delegations_received", verbose_name=_("delegated to")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-starts_at",)
        indexes = (
            models.Index(
                fields=("from_person", "starts_at", "ends_at"), name="delegation_of_person_at"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="delegation_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="delegation_to_somebody_else", condition=~Q(from_person=F("to_person"))
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.from_person} → {self.to_person}"


class WorkCalendar(models.Model):
    """A calendar of the company's own: hours, holidays and make-up days, in the shape that the law reads."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    data = models.JSONField(_("days and hours"), default=dict)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ("name",)

    @override
    def __str__(self) -> str:
        return self.name


class HolidayYear(models.Model):
    """The State Council's arrangement of a year, as the company entered it once it was announced.

    `days`: {"春节": {"off": ["2027-02-05..2027-02-11"], "work": ["2027-02-14"]}}, as the law reads them.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    days = models.JSONField(_("days off and make-up days"), default=dict)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("holidays of a year")
        verbose_name_plural = _("holidays of the years")
        ordering = ("year",)

    @override
    def __str__(self) -> str:
        return str(self.year)


class DirectoryMark(models.Model):
    """One row with a word that is new after each change, so that a kept directory knows when it is old.

    A word and not a counter: a number that was rolled back would come again with another meaning.
    """

    mark = models.UUIDField()

    class Meta:
        verbose_name = _("directory mark")
        verbose_name_plural = _("directory marks")

    @override
    def __str__(self) -> str:
        return str(self.mark)
