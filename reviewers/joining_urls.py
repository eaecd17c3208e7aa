"""Addresses of the way to active: adding people, the board, interviews, the role description."""

from django.urls import URLPattern, path

from reviewers.views import adding, board, enquiries, interviews, role_description, together

urlpatterns: list[URLPattern] = [
    path("add/", adding.add, name="add"),
    path("board/", board.board, name="board"),
    path("board/move-on/", together.move_on, name="move-on"),
    path("board/sign-in/", together.sign_in, name="sign-in-together"),
    path("board/remind/", together.remind, name="remind-together"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/<id:pk>/add/", adding.add_from_enquiry, name="add-from-enquiry"),
    path("enquiries/<id:pk>/close/", enquiries.close, name="close-enquiry"),
    path("role-description/", role_description.versions, name="versions"),
    path("role-description/new/", role_description.publish, name="publish-version"),
    path("role-description/format/", role_description.add_format, name="add-role-format"),
    path("role-description/files/<id:pk>/", role_description.file, name="role-file"),
    path("role-description/<id:number>/", role_description.version, name="version"),
    path("<id:pk>/interviews/add/", interviews.save, name="add-interview"),
    path("<id:pk>/interviews/<id:interview>/", interviews.save, name="interview"),
    path("<id:pk>/role-description/", role_description.record, name="role-description"),
]
own_urlpatterns: list[URLPattern] = [
    path("role-description/", role_description.own, name="role-description"),
    path("role-description/files/<id:pk>/", role_description.own_file, name="role-file"),
    path("role-description/<id:number>/", role_description.own_version, name="version"),
]
# Beside the portal's other pages, for people who have no account.
public_urlpatterns: list[URLPattern] = [
    path("", enquiries.interested, name="interested"),
    path("thanks/", enquiries.thanks, name="interested-thanks"),
]
