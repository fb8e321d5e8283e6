"""Routes of what was signed: checkpoints, receipts, the house's keys."""

from django.urls import URLPattern, path

from core.views import signing

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/checkpoint/", signing.checkpoint_print, name="checkpoint-print"),
    path("b/<slug:slug>/checkpoint.txt", signing.checkpoint_file, name="checkpoint-file"),
    path("votes/<int:pk>/receipt.txt", signing.receipt_file, name="receipt-file"),
    path("keys/", signing.house_keys, name="house-keys"),
    path("keys.txt", signing.house_keys_file, name="house-keys-file"),
]
