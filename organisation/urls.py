"""Settings: the trust, its services and whom to ask there."""

from django.urls import path

from organisation import access_views, times_views, views

app_name = "organisation"
urlpatterns = [
    path("", views.trust, name="trust"),
    path("services/", views.services, name="services"),
    path("services/<id:pk>/", views.service, name="service"),
    path("services/<id:pk>/contacts/add/", views.contact_add, name="contact_add"),
    path("services/<id:pk>/role/", access_views.service_variant, name="service_variant"),
    path("services/<id:pk>/blocks/add/", times_views.block_add, name="block_add"),
    path("services/<id:pk>/closing/", times_views.closing, name="closing"),
    path("blocks/<id:pk>/remove/", times_views.block_remove, name="block_remove"),
    path("roles/", access_views.variants, name="variants"),
    path("roles/add/", access_views.variant_add, name="variant_add"),
    path("roles/<id:pk>/", access_views.variant, name="variant"),
    path("sites/", access_views.sites, name="sites"),
    path("sites/<id:pk>/", access_views.site, name="site"),
    path("contacts/<id:pk>/", views.contact, name="contact"),
]
