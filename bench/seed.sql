-- What needs no sealing, made in the database from the list of cases in `seed_case`: as the actions would have written it.
-- $programme$ and the like are put in by bench/sowing.py.

create temp table seed_place as
select c.n, c.id as case_id, c.stage, c.opened, place.*, md5(place.participation::text) < '8' as odd
  from seed_case c,
       lateral (values (c.p_harmed, c.harmed, 'harmed', null::uuid, 1), (c.p_responsible, c.responsible, 'responsible', null, 2),
                       (c.p_supporter, c.supporter, 'supporter', c.p_harmed, 3), (c.p_guardian, c.guardian, 'guardian', c.p_responsible, 4)
               ) as place (participation, person, role, stands_by, seat);
create index on seed_place (case_id);

insert into cases_participation (id, programme_id, case_id, person_id, role, stands_by_id, guardian_needed, has_authority, added_at)
select participation, $programme$, case_id, person, role, stands_by, role = 'responsible', role = 'guardian', opened + seat * interval '1 minute'
  from seed_place;

insert into cases_assignment (id, programme_id, case_id, facilitator_id, part, since)
select gen_random_uuid(), $programme$, c.id, f.id, part, c.opened + interval '1 hour'
  from seed_case c, lateral (values ('lead', 0), ('co', 7)) as a (part, off),
       seed_facilitator f
 where f.n = (c.n + a.off) % (select count(*) from seed_facilitator);

-- Of a case that is still being prepared, as many people are prepared as its number leaves over by four.
create temp table seed_prepared as
select * from seed_place where stage <> 'preparing' or seat <= n % 4;

insert into preparation_invitation (id, programme_id, case_id, at, by_kind, by, participation_id, channel)
select gen_random_uuid(), $programme$, case_id, opened + interval '2 hours', 'staff', $coordinator$, participation, 'email' from seed_place;

insert into preparation_meeting (id, programme_id, case_id, at, by_kind, by, participation_id, held_on, minutes, explained, support)
select gen_random_uuid(), $programme$, case_id, opened + interval '1 day', 'staff', $coordinator$, participation, (opened + interval '1 day')::date, 30, true, 'found'
  from seed_prepared;

insert into preparation_safetycheck (id, programme_id, case_id, at, by_kind, by, participation_id, level)
select gen_random_uuid(), $programme$, case_id, opened + interval '1 day', 'staff', $coordinator$, participation, case when n % 50 = 7 then 'high' else 'low' end
  from seed_prepared;

insert into preparation_acknowledgement (id, programme_id, case_id, at, by_kind, by, participation_id, given)
select gen_random_uuid(), $programme$, case_id, opened + interval '1 day', 'staff', $coordinator$, participation, true
  from seed_prepared where role = 'responsible';

insert into preparation_consenttext (id, programme_id, purpose, about, language, version, digest, sentence, parts, at)
select gen_random_uuid(), $programme$, 'take_part', about, 'en', 1, 'seed', sentence, '[]', now()
  from (values ('me', 'I want to take part.'), ('child', 'I say yes for them. They may take part.')) as said (about, sentence)
    on conflict do nothing;

insert into preparation_consent
       (id, programme_id, case_id, at, by_kind, by, participation_id, giver_id, scope, answer, method, words, text_id, language, interpreted)
select gen_random_uuid(), $programme$, case_id, opened + interval '1 day', 'staff', $coordinator$, participation, participation,
       'take_part', case when stage = 'preparing' and n % 100 = 3 then 'withdrawn' else 'yes' end, 'said', '1', t.id, 'en', false
  from seed_prepared
  join preparation_consenttext t on t.programme_id = $programme$ and t.digest = 'seed' and t.about = 'me'
union all
select gen_random_uuid(), $programme$, c.id, c.opened + interval '1 day', 'staff', $coordinator$, c.p_responsible, c.p_guardian, 'take_part', 'yes',
       'said', '1', t.id, 'en', false
  from seed_case c
  join preparation_consenttext t on t.programme_id = $programme$ and t.digest = 'seed' and t.about = 'child'
 where c.stage <> 'preparing';

insert into cases_hold (id, programme_id, case_id, since, reason)
select gen_random_uuid(), $programme$, id, opened + interval '1 day', 'asked' from seed_case where stage = 'preparing' and n % 20 = 11;

create temp table seed_booking as
select c.n, c.id as case_id, c.stage, gen_random_uuid() as booking, r.id as room_id,
       case when c.stage = 'scheduled' then date_trunc('hour', now()) + (1 + c.n / 20) * interval '1 hour'
            else date_trunc('hour', now()) - (1 + c.n / 20) * interval '1 hour' end as starts
  from seed_case c join seed_room r on r.n = c.n % 20
 where c.stage in ('scheduled', 'convened', 'following_up', 'closed');

insert into scheduling_booking (id, programme_id, case_id, room_id, during, longest, made_at, made_by)
select booking, $programme$, case_id, room_id, tstzrange(starts, starts + interval '55 minutes'), interval '2 hours', starts - interval '7 days', $coordinator$
  from seed_booking;

insert into conferences_conference (id, programme_id, case_id, booking_id, script_id, stage, started_at, ended_at, planned_at)
select gen_random_uuid(), $programme$, case_id, booking, $script$, case when stage = 'scheduled' then 'planned' else 'concluded' end,
       case when stage <> 'scheduled' then starts end, case when stage <> 'scheduled' then starts + interval '50 minutes' end, starts - interval '7 days'
  from seed_booking;

insert into agreements_agreement (id, programme_id, case_id, version, stage, drafted_at)
select agreement, $programme$, id, 1,
       case stage when 'convened' then 'signing' when 'following_up' then 'in_force' else 'ended' end, opened + interval '15 days'
  from seed_case where stage in ('following_up', 'closed') or (stage = 'convened' and n % 2 = 0);

insert into aftercare_checkin (id, programme_id, case_id, agreement_id, participation_id, purpose, planned_on, due_on, late_on, unheard_on, caller, stage, put_off)
select gen_random_uuid(), $programme$, id, agreement, p_harmed, 'early', day, day, day + 5, day + 11, $coordinator$, 'owed', 0
  from (select *, current_date + (n % 60)::integer - 3 as day from seed_case where stage = 'following_up') as called;

insert into agreements_signature (id, programme_id, agreement_id, participation_id, method, case_id, text_digest, language, at)
select gen_random_uuid(), $programme$, c.agreement, p.participation, 'own', c.id, repeat('0', 64), 'en', c.opened + interval '15 days'
  from seed_case c join seed_place p on p.case_id = c.id where c.stage in ('following_up', 'closed');

insert into outcomes_news (id, programme_id, case_id, participation_id, way, told_on, at, by)
select gen_random_uuid(), $programme$, id, p_harmed, 'voice', (opened + interval '40 days')::date, opened + interval '40 days', $coordinator$
  from seed_case where stage = 'closed';

insert into outcomes_closure (id, programme_id, case_id, reason, at, by)
select gen_random_uuid(), $programme$, id, 'completed', opened + interval '41 days', $coordinator$ from seed_case where stage = 'closed';

insert into referrals_screening (id, programme_id, referral_id, accepted, reason, checks, at, by)
select gen_random_uuid(), $programme$, referral, true, 'fits', '[]', opened, $coordinator$ from seed_case;

insert into accounts_pass (id, programme_id, kind, bearer, bearer_id, digest, made_at, revoked_at)
select gen_random_uuid(), $programme$, 'code', bearer, holder, decode(md5(holder::text) || md5(holder::text || 'x'), 'hex'), opened,
       case when stage = 'closed' then opened + interval '41 days' end
  from (select 'referral' as bearer, referral as holder, opened, stage from seed_case
        union all select 'participation', participation, opened, stage from seed_place) as held;

-- Sixteen lines and more of the journal for each case, in the order in which they were written.
insert into journal_entry (programme_id, at, verb, actor_kind, actor_id, subject_kind, subject_id, case_id, route, network, detail, seal)
select $programme$, at, verb, 'staff', $coordinator$, kind, subject::text, case_id, '', '', detail::jsonb, ''
  from (
    select opened as at, 'opened' as verb, 'cases.case' as kind, id as subject, id as case_id, '{}' as detail from seed_case
    union all select opened + seat * interval '1 minute', 'joined', 'cases.participation', participation, case_id, '{"role": "' || role || '"}' from seed_place
    union all select opened + interval '1 day', 'met', 'cases.participation', participation, case_id, '{}' from seed_prepared
    union all select opened + interval '1 day', 'answered', 'cases.participation', participation, case_id, '{}' from seed_prepared
    union all select opened + d * interval '1 day', 'moved', 'cases.case', id, id, '{"to": "' || t || '", "was": "", "reason": ""}'
                from seed_case, lateral (values ('ready', 2), ('scheduled', 4), ('convened', 11), ('following_up', 16), ('closed', 41)) as m (t, d)
               where stage = 'closed' or (stage = 'following_up' and d < 17) or (stage = 'convened' and d < 12) or (stage = 'scheduled' and d < 5)
    union all select i.due_on::timestamptz, 'moved', 'agreements.item', i.id, i.case_id, '{"to": "' || i.stage || '", "was": "kept", "reason": ""}'
                from agreements_item i where i.programme_id = $programme$ and i.stage <> 'promised'
  ) as said order by at;
