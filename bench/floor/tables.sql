-- What the bare pages show: as many rows as there are cases, with two tables beside them.
create table floor_owner (id serial primary key, name text not null);
create table floor_place (id serial primary key, name text not null);
create table floor_matter (
  id serial primary key, ref text not null unique, title text not null, stage text not null, owner_id int not null references floor_owner,
  place_id int not null references floor_place, opened_at timestamptz not null, due_on date, words text not null
);
create table floor_note (id bigserial primary key, matter_id int not null references floor_matter, words text not null, at timestamptz not null);
insert into floor_owner (name) select 'Owner ' || n from generate_series(1, 50) n;
insert into floor_place (name) select 'Place ' || n from generate_series(1, 50) n;
insert into floor_matter (ref, title, stage, owner_id, place_id, opened_at, due_on, words)
select 'M-' || n, 'Matter number ' || n, (array['new', 'open', 'done'])[1 + n % 3], 1 + n % 50, 1 + n % 47, now() - n * interval '3 minutes', current_date + n % 90,
       'Some words about it, as many as somebody would write in a line or two.'
  from generate_series(1, :many) n;
create index floor_latest on floor_matter (opened_at desc, id);
create index floor_note_of on floor_note (matter_id);
grant select, insert, update, delete on floor_owner, floor_place, floor_matter, floor_note to setfair_app;
grant usage on all sequences in schema public to setfair_app;
