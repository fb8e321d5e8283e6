"""Routes of the face: colours of this device, and the gallery of components (demo and debug only)."""

from django.urls import URLPattern, path

from core.views import face, gallery

urlpatterns: list[URLPattern] = [
    path("face/", face.face_set, name="face-set"),
    path("gallery/", gallery.gallery, name="gallery"),
]
