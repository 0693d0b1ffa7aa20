"""Addresses of the ledger, of breaches and of sanctions."""

from django.urls import path

from xunzhang.web.ledger import breaches, deciding, events, performing, recording, sanctions

app_name = "ledger"
urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/verify/", events.verify, name="verify"),
    path("events/<int:number>/", events.event, name="event"),
    path("events/<int:number>/files/<uuid:key>/", events.file, name="file"),
    path("record/", recording.record, name="record"),
    path("do/<str:action>/", performing.perform, name="perform"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/<int:number>/", breaches.breach, name="breach"),
    path("sanctions/", sanctions.sanctions, name="sanctions"),
    path("sanctions/<int:number>/", sanctions.sanction, name="sanction"),
    path("sanctions/<int:number>/<slug:verb>/", deciding.decide, name="decide"),
]
