"""Routes of pages about bodies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
