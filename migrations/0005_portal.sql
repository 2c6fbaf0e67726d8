-- What the portal's answers are made of: provenance, coordinates for the browser, and the search over names.

-- ISO 8601 in UTC. Rounded up to the millisecond browsers can hold: the answer at `knownAt` = this moment includes the statement.
create function iso_moment(moment timestamptz) returns text language sql stable parallel safe
return to_char(date_trunc('milliseconds', moment + interval '999 microseconds') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Who said it, for which day, known since when. Nothing else of a change is public.
create function provenance(source_id bigint, true_on imprecise_date, known_from timestamptz, change_id bigint)
returns json language sql stable parallel safe as $$
  select json_build_object('citation', s.citation, 'url', s.url, 'trueOn', $2, 'knownFrom', iso_moment($3), 'knownAssumed', c.known_at_assumed)
  from sources s, changes c where s.id = $1 and c.id = $4
$$;

-- WGS84 with five decimals, about a metre.
create function lon_lat(point geometry) returns json language sql immutable parallel safe as $$
  select json_build_array(round(st_x(p.wgs84)::numeric, 5), round(st_y(p.wgs84)::numeric, 5)) from (select st_transform(point, 4326)) p (wgs84)
$$;

create function lon_lat_box(geom geometry) returns json language sql immutable parallel safe as $$
  select json_build_array(round(st_xmin(p.wgs84)::numeric, 5), round(st_ymin(p.wgs84)::numeric, 5),
    round(st_xmax(p.wgs84)::numeric, 5), round(st_ymax(p.wgs84)::numeric, 5))
  from (select st_transform(geom, 4326)) p (wgs84)
$$;

-- Search -------------------------------------------------------------------------------------------------------------------------------

create extension if not exists pg_trgm;

-- Form in which names are compared: small letters and digits, umlauts spelt out, no accents, one space between words.
-- Immutable, so that a large register can be indexed by it: `using gin (search_key(name) gin_trgm_ops)`.
create function search_key(value text) returns text language sql immutable parallel safe
return trim(regexp_replace(
  regexp_replace(
    normalize(
      replace(replace(replace(replace(lower(normalize(value, nfc) collate "de-x-icu"), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'),
      nfd),
    '[\u0300-\u036f]', '', 'g'),
  '[^a-z0-9]+', ' ', 'g'));

-- How well a name answers what was typed (both as search keys), 0 to 1: the same, begins with it, a word begins with it, contains it,
-- is contained as a word ("Rathaus Leverkusen"), shares enough trigrams to be a typing error. 0: no hit.
create function search_score(wanted text, name text) returns real language sql immutable parallel safe as $$
  select case
    when wanted = '' or name is null then 0
    when name = wanted then 1
    when starts_with(name, wanted) then 0.9
    when position(' ' || wanted in name) > 0 then 0.8
    when length(wanted) >= 3 and position(wanted in name) > 0 then 0.7
    when length(name) >= 3 and position(' ' || name || ' ' in ' ' || wanted || ' ') > 0 then 0.6
    when length(wanted) >= 4 and (similarity(wanted, name) >= 0.3 or word_similarity(wanted, name) >= 0.45)
      then 0.5 * word_similarity(wanted, name)
    else 0
  end
$$;
