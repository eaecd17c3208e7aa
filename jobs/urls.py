"""Where somebody watches the long work they asked for."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("<id:pk>/", views.detail, name="detail"),
]
