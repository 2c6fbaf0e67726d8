-- Invented data of the mobile desk, and how all of it goes again (remove_demo, 0018).

create table demo_dead_zones (
  report_id bigint primary key references dead_zone_reports (id)
);
comment on table demo_dead_zones is 'Reports that nobody sent: invented for trying out. Of all other rows their change, case or person says it';

-- Deletes rows of a table that is only added to; $1 of the condition are the ids.
create function remove_rows(table_name text, condition text, ids text[]) returns void language plpgsql as $$
begin
  execute format('alter table %I disable trigger user', table_name);
  execute format('delete from %I t where %s', table_name, condition) using ids;
  execute format('alter table %I enable trigger user', table_name);
end $$;

-- Statements, letters and files of invented cases, whoever gave them. What left the house stays: mails that were sent, copied, or may have
-- arrived are what somebody else holds in their hands. Their links open nothing any more. A mail that still waits is never sent; one about
-- other cases as well is written anew by the job.
create function remove_participation(requests text[]) returns void language plpgsql as $$
declare
  asked text[] := array(select r.id::text from reviews r where r.request_id = any (requests));
  opened text[] := array(select l.id::text from secret_links l
    where l.purpose = 'statement' and string_to_array(replace(l.subject, 'reviews:', ''), ',') && asked);
  unsent text[] := array(select m.id::text from mails m
    where m.status in ('waiting', 'failed') and (m.about = any (requests) or m.link_id::text = any (opened)));
begin
  perform remove_rows('mail_events', 't.mail_id::text = any ($1)', unsent);
  perform remove_rows('mails', 't.id::text = any ($1)', unsent);
  update secret_links l set revoked_at = clock_timestamp()
    where l.id::text = any (opened) and l.revoked_at is null and string_to_array(replace(l.subject, 'reviews:', ''), ',') <@ asked;
  perform remove_rows('review_files', 't.review_id::text = any ($1)', asked);
  perform remove_rows('review_statements', 't.review_id::text = any ($1)', asked);
  perform remove_rows('review_events', 't.review_id::text = any ($1)', asked);
  perform remove_rows('reviews', 't.id::text = any ($1)', asked);
  perform remove_rows('reply_letters', 't.request_id = any ($1)', requests);
end $$;

-- Invented entries of the log, and those about invented cases: nobody's working time was spent on a case that does not exist, and the proof
-- of use must not count it. An entry that was corrected to name another case, or none, stays.
create function remove_log(requests text[]) returns void language plpgsql as $$
declare
  entries text[] := array(select distinct on (a.id) case when a.person_id = 'demo' or a.request_id = any (requests) then a.id end
    from activities a order by a.id, a.version desc);
begin
  perform remove_rows('activities', 't.id = any ($1)', entries);
  alter table activities disable trigger refuse_rewriting;
  update activities a set request_id = null where a.request_id = any (requests);
  alter table activities enable trigger refuse_rewriting;
  perform remove_rows('expenses', 't.person_id = any ($1)', '{demo}');
end $$;

-- Invented editions, also when they were withdrawn, and invented reports with whatever was decided about them. The grid stays: it follows
-- from the boundaries of the city and says nothing.
create function remove_demo_coverage() returns void language plpgsql as $$
declare
  editions text[] := array(select e.id::text from coverage_editions e join changes c on c.id = e.change_id where c.origin = 'demo');
  reports text[] := array(select d.report_id::text from demo_dead_zones d);
  t text;
begin
  foreach t in array array['coverage_sums', 'coverage_areas', 'coverage_cells', 'coverage_parts', 'coverage_withdrawals'] loop
    perform remove_rows(t, 't.edition_id = any ($1::bigint[])', editions);
  end loop;
  perform remove_rows('coverage_editions', 't.id = any ($1::bigint[])', editions);
  foreach t in array array['demo_dead_zones', 'dead_zone_remarks', 'dead_zone_decisions'] loop
    perform remove_rows(t, 't.report_id = any ($1::bigint[])', reports);
  end loop;
  perform remove_rows('dead_zone_reports', 't.id = any ($1::bigint[])', reports);
end $$;

-- Files, once for each row that names them: of these cases and invented expenses, or of what stays.
create function files_of_cases(requests text[]) returns table (attachment_id bigint, is_theirs boolean) language sql stable as $$
  select unnest(r.attachment_ids), r.id = any (requests) from site_requests r
  union all select unnest(k.attachment_ids), k.request_id = any (requests) from site_candidates k
  union all select unnest(v.attachment_ids), v.request_id = any (requests) from reviews v
  union all select unnest(s.attachment_ids), v.request_id = any (requests) from review_statements s join reviews v on v.id = s.review_id
  union all select f.attachment_id, v.request_id = any (requests) from review_files f join reviews v on v.id = f.review_id
  union all select l.attachment_id, l.request_id = any (requests) from reply_letters l
  union all select e.voucher_id, e.person_id = 'demo' from expenses e where e.voucher_id is not null
  union all select unnest(m.attachment_ids), false from mails m where m.status not in ('waiting', 'failed') or not m.about = any (requests)
$$;

create function remove_traces(requests text[]) returns void language plpgsql as $$
declare
  cases text[] := coalesce(requests, '{}');
  files text[] := array(select f.attachment_id::text from files_of_cases(cases) f group by f.attachment_id having bool_and(f.is_theirs));
begin
  perform remove_participation(cases);
  perform remove_log(cases);
  perform remove_demo_coverage();
  perform remove_rows('vouchers', 't.attachment_id::text = any ($1)', files);
  perform remove_rows('attachment_parts', 't.attachment_id::text = any ($1)', files);
  perform remove_rows('attachments', 't.id::text = any ($1)', files);
  -- Candidates of other cases may have been put on an invented roof: they stay where they are, but are no longer on it.
  alter table site_candidates disable trigger protect_statement;
  update site_candidates k set municipal_site_id = null where not k.request_id = any (cases) and k.municipal_site_id in (
    select m.id from municipal_sites m join changes c on c.id = m.change_id where c.origin = 'demo');
  alter table site_candidates enable trigger protect_statement;
end $$;
