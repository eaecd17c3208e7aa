"""Home, the access log and the import. Home itself stands outside the namespace."""

from django.urls import URLPattern, URLResolver, path

from programme import home_views
from programme.importing import views as import_views

app_name = "programme"
home_urlpatterns: list[URLPattern | URLResolver] = [
    path("", home_views.home, name="home"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("import/", import_views.upload, name="import"),
    path("import/template/", import_views.template, name="import_template"),
    path("import/<id:pk>/", import_views.preview, name="import_preview"),
    path("import/<id:pk>/leave-out/", import_views.leave_out, name="import_leave_out"),
    path("import/<id:pk>/confirm/", import_views.confirm, name="import_confirm"),
    path("import/<id:pk>/erase/", import_views.abandon, name="import_abandon"),
    path("access-log/", home_views.looks, name="access_log"),
]
