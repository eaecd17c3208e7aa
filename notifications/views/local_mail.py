"""The demonstration's mail, for whoever sits before it; not there in production."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import public
from notifications.local_mail import local_mails


@public  # a sign-in code has to be read before signing in; only where SHOWS_LOCAL_MAIL says so
@require_safe
def local_mail(request: HttpRequest) -> HttpResponse:
    """The newest emails of the demonstration."""
    _only_in_the_demonstration()
    return render(request, "notifications/local_mail.html", {"mails": local_mails()})


@public  # see above
@require_safe
def local_mail_message(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One email of the demonstration."""
    _only_in_the_demonstration()
    for mail in local_mails():
        if (mail.name, mail.number) == (name, number):
            return render(request, "notifications/local_mail_message.html", {"mail": mail})
    raise Http404


def _only_in_the_demonstration() -> None:
    if not settings.SHOWS_LOCAL_MAIL:
        raise Http404
