#!/bin/sh
# First start of the database only: the role the register uses owns its schema and nothing else.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
  -v password="$(cat "$MINGBAI_APP_PASSWORD_FILE")" <<'SQL'
create role mingbai login nosuperuser nobypassrls nocreatedb nocreaterole password :'password';
alter role mingbai set statement_timeout = '5s';
alter role mingbai set lock_timeout = '2s';
alter schema public owner to mingbai;
SQL
