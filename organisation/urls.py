"""Settings: the trust, its services and whom to ask there."""

from django.urls import path

from organisation import views

app_name = "organisation"
urlpatterns = [
    path("", views.trust, name="trust"),
    path("services/", views.services, name="services"),
    path("services/<id:pk>/", views.service, name="service"),
    path("services/<id:pk>/contacts/add/", views.contact_add, name="contact_add"),
    path("contacts/<id:pk>/", views.contact, name="contact"),
]
