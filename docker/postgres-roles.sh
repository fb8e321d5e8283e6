#!/bin/sh
# Run once by the postgres image, over its socket: the three roles, and what they may (house/roles.py does the same).
set -eu
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
    -v owner_password="$OWNER_PASSWORD" -v web_password="$WEB_PASSWORD" \
    -v signer_password="$SIGNER_PASSWORD" <<'SQL'
SET password_encryption = 'scram-sha-256';
CREATE ROLE folkmoot_owner LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'owner_password';
CREATE ROLE folkmoot_web LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOINHERIT PASSWORD :'web_password';
CREATE ROLE folkmoot_signer LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOINHERIT PASSWORD :'signer_password';
GRANT folkmoot_web, folkmoot_signer TO folkmoot_owner WITH SET TRUE, INHERIT FALSE;
CREATE DATABASE folkmoot OWNER folkmoot_owner;
REVOKE ALL ON DATABASE folkmoot FROM PUBLIC;
GRANT CONNECT ON DATABASE folkmoot TO folkmoot_web, folkmoot_signer;
\connect folkmoot
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO folkmoot_owner;
GRANT USAGE ON SCHEMA public TO folkmoot_web;
ALTER DEFAULT PRIVILEGES FOR ROLE folkmoot_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO folkmoot_web;
ALTER DEFAULT PRIVILEGES FOR ROLE folkmoot_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO folkmoot_web;
SQL
