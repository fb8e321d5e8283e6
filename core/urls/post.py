"""Routes of pages about post."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
