"""Addresses of the desk."""

from django.urls import path

from xunzhang.web.work import acting, approvals, asking, chart, desk, duties, notices

app_name = "work"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("chart.svg", chart.picture, name="chart"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:number>/", duties.duty, name="duty"),
    path("duties/<int:number>/claim/", acting.claim, name="claim"),
    path("duties/<int:number>/hand-over/", acting.hand_over, name="hand-over"),
    path("duties/<int:number>/excuse/", acting.excuse, name="excuse"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/ask/", asking.ask, name="ask"),
    path("approvals/<int:number>/", approvals.one, name="request"),
    path("approvals/<int:number>/delegate/", approvals.delegate, name="delegate"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read-all"),
    path("notices/<int:number>/read/", notices.read, name="read"),
]
