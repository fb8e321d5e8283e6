"""Routes of pages about the post: notices, the end of mails, and the mail folder of a demo."""

from django.urls import URLPattern, path

from core.views import demo, notices

urlpatterns: list[URLPattern] = [
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/seen/", notices.notices_seen, name="notices-seen"),
    path("notices/<int:pk>/", notices.notice_open, name="notice-open"),
    path("mail/stop/<str:token>/", notices.mail_stop, name="mail-stop"),
    path("demo/mails/", demo.demo_mails, name="demo-mails"),
]
