"""Home (outside the namespace), the import, the access log and how long things are kept."""

from django.urls import URLPattern, URLResolver, path

from programme.access_log import views as access_log_views
from programme.enquiries import views as enquiry_views
from programme.erasure import views as erasure_views
from programme.home.views import home
from programme.importing import views as import_views
from programme.opening import views as opening_views
from programme.releasing import views as releasing_views
from programme.retention import views as retention_views
from programme.subject_access import views as access_views

app_name = "programme"
home_urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("import/", import_views.upload, name="import"),
    path("import/template/", import_views.template, name="import_template"),
    path("import/<id:pk>/", import_views.preview, name="import_preview"),
    path("import/<id:pk>/leave-out/", import_views.leave_out, name="import_leave_out"),
    path("import/<id:pk>/confirm/", import_views.confirm, name="import_confirm"),
    path("import/<id:pk>/erase/", import_views.abandon, name="import_abandon"),
    path("visits-to-confirm/", releasing_views.to_confirm, name="to_confirm"),
    path("visits-to-confirm/<id:pk>/keep/", releasing_views.keep, name="keep"),
    path("visits-to-confirm/<id:pk>/take-off/", releasing_views.take_off, name="take_off"),
    path("what-would-open-most/", opening_views.opening, name="opening"),
    path("access-log/", access_log_views.looks, name="access_log"),
    path("access-log/export/", access_log_views.export, name="access_log_export"),
    path("retention/", retention_views.overview, name="retention"),
    path("retention/holds/", retention_views.hold_list, name="holds"),
    path("retention/holds/place/", retention_views.place_hold, name="place_hold"),
    path("retention/holds/<id:pk>/lift/", retention_views.lift_hold, name="lift_hold"),
    path("data-requests/", access_views.requests, name="requests"),
    path("data-requests/people/<id:pk>/", access_views.copy, name="copy"),
    path("data-requests/<id:pk>/", access_views.detail, name="request"),
    path("data-requests/<id:pk>/make/", access_views.make, name="request_make"),
    path("data-requests/<id:pk>/posted/", access_views.posted, name="request_posted"),
    path(
        "data-requests/<id:pk>/pdf/",
        access_views.file_to_post,
        {"name": "document"},
        name="request_pdf",
    ),
    path(
        "data-requests/<id:pk>/json/",
        access_views.file_to_post,
        {"name": "data"},
        name="request_json",
    ),
    path("data-requests/enquiries/<id:pk>/", enquiry_views.enquiry, name="enquiry"),
    path(
        "data-requests/enquiries/<id:pk>/pdf/",
        enquiry_views.copy,
        {"name": "document"},
        name="enquiry_pdf",
    ),
    path(
        "data-requests/enquiries/<id:pk>/json/",
        enquiry_views.copy,
        {"name": "data"},
        name="enquiry_json",
    ),
    path("erasures/enquiries/<id:pk>/confirm/", enquiry_views.confirm, name="enquiry_confirm"),
    path("erasures/enquiries/<id:pk>/call-off/", enquiry_views.call_off, name="enquiry_call_off"),
    path("erasures/people/<id:pk>/", erasure_views.erase, name="erase"),
    path("erasures/<id:pk>/confirm/", erasure_views.confirm, name="erase_confirm"),
    path("erasures/<id:pk>/call-off/", erasure_views.call_off, name="erase_call_off"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("everything/", access_views.everything, name="everything"),
    path("everything/pdf/", access_views.own_file, {"name": "document"}, name="everything_pdf"),
    path("everything/json/", access_views.own_file, {"name": "data"}, name="everything_json"),
]
