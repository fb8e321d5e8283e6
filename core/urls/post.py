"""Routes of pages about the post: notices, the end of mails, calendars and feeds, and the mail folder of a demo."""

from django.urls import URLPattern, path

from core.views import calendars, demo, notices

urlpatterns: list[URLPattern] = [
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/seen/", notices.notices_seen, name="notices-seen"),
    path("notices/<int:pk>/", notices.notice_open, name="notice-open"),
    path("mail/stop/<str:token>/", notices.mail_stop, name="mail-stop"),
    path("settings/calendar/", calendars.calendar_page, name="calendar-page"),
    path("calendar/<str:token>.ics", calendars.calendar_own, name="calendar-own"),
    path("calendar/one/<str:token>.ics", calendars.calendar_body, name="calendar-body"),
    path("b/<slug:slug>/decisions.atom", calendars.decision_feed, name="decision-feed"),
    path("demo/mails/", demo.demo_mails, name="demo-mails"),
]
