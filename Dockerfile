FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=lxr_portal.settings.production
WORKDIR /portal

COPY requirements.lock .
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock

COPY . .
# Static files are collected with settings that hold no secret of anyone's
RUN DJANGO_SETTINGS_MODULE=lxr_portal.settings.building python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 --no-create-home portal
USER portal

EXPOSE 8000
CMD ["gunicorn", "lxr_portal.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
