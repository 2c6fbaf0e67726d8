-- What changes did that wrote neither facts nor objects nor releases: editions of coverage and decisions on reported dead zones, for
-- their history. `count`: reports decided on alike.
create view coverage_changes as
  select e.change_id, 'imported' as what, e.title, e.true_on::text as true_on, null::integer as count from coverage_editions e
  union all
  select w.change_id, case when w.is_withdrawn then 'withdrawn' else 'restored' end, e.title, e.true_on::text, null
  from coverage_withdrawals w join coverage_editions e on e.id = w.edition_id
  union all
  select d.change_id, 'dead_zones_' || d.status, null, null, count(*)::integer from dead_zone_decisions d group by d.change_id, d.status;
