"""Routes of pages about mandates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
