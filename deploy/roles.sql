-- The roles, the database and its grants. Run by an administrator, once, and again after an upgrade: it may be run any number of times.
--     psql -v database=setfair -f deploy/roles.sql
-- On a server of your own, give the roles that sign in a password afterwards (\password setfair_app and so on).
\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database setfair
\endif

select format('create role %I', name)
  from unnest(array['setfair_owner', 'setfair_app', 'setfair_system', 'setfair_commons', 'setfair_backup']) name
 where not exists (select from pg_roles where rolname = name) \gexec

-- Owns the tables and migrates them; row-level security binds it too, because every table is forced.
alter role setfair_owner   login   nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- The web and the worker. Owns nothing.
alter role setfair_app     login   nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- A page looks up a few rows here and there: that costs the same anywhere on today's disks, and neither compiling nor several processes pay for it.
alter role setfair_app     set random_page_cost = 1.1;
alter role setfair_app     set jit = off;
alter role setfair_app     set max_parallel_workers_per_gather = 0;
-- Owns the few functions that answer before a programme is known; has row policies of its own; nobody signs in as it.
alter role setfair_system  nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- The schools' partnership pages. Nothing is granted to it here.
alter role setfair_commons login   nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- Copies every row and can change none.
alter role setfair_backup  login   nosuperuser nocreatedb nocreaterole noreplication bypassrls;
alter role setfair_backup  set default_transaction_read_only = on;
grant setfair_system to setfair_owner;
grant pg_read_all_data to setfair_backup;

select format('create database %I owner setfair_owner encoding ''UTF8'' template template0', :'database')
 where not exists (select from pg_database where datname = :'database') \gexec
alter database :"database" owner to setfair_owner;
revoke all on database :"database" from public;
grant connect on database :"database" to setfair_app, setfair_backup;

\connect :"database"
create extension if not exists btree_gist;
create extension if not exists unaccent;
create extension if not exists pg_trgm;

alter schema public owner to setfair_owner;
revoke all on schema public from public;
grant usage on schema public to setfair_app, setfair_system, setfair_backup;

-- Every table a migration adds is the app's to use; the migrations of append-only tables take update and delete away again.
alter default privileges for role setfair_owner in schema public grant select, insert, update, delete on tables to setfair_app;
alter default privileges for role setfair_owner in schema public grant usage, select on sequences to setfair_app;
-- A function is nobody's until granted; the app may call those of the migrations, the commons none.
alter default privileges for role setfair_owner revoke execute on functions from public;
alter default privileges for role setfair_owner in schema public grant execute on functions to setfair_app, setfair_system;
