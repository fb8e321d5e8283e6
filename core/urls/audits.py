"""Routes of pages about audits."""

from django.urls import URLPattern, path

from core.views import audits, findings

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/audits/", audits.audit_list, name="audit-list"),
    path("b/<slug:slug>/audits/new/", audits.audit_new, name="audit-new"),
    path("audits/<int:pk>/", audits.audit_detail, name="audit-detail"),
    path("audits/<int:pk>/read/", audits.audit_read, name="audit-read"),
    path("audits/<int:pk>/report/", audits.audit_report, name="audit-report"),
    path("audits/<int:pk>/find/", findings.finding_new, name="finding-new"),
    path("findings/<int:pk>/answer/", findings.finding_answer, name="finding-answer"),
    path("findings/<int:pk>/recall/", findings.finding_recall, name="finding-recall"),
    path("findings/<int:pk>/propose/", findings.finding_propose, name="finding-propose"),
]
