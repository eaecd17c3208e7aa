#!/bin/sh
# Run by PostgreSQL's own image when it makes the database: the role of DATABASE_URL.
# The migrations give it its rights; it cannot change or delete audit events.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APPLICATION_PASSWORD" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE portal LOGIN PASSWORD :'password';
SQL
