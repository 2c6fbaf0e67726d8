-- Geometry that people send: what cannot be read is null, never an exception (rules then name the field in German).

create function geometry_from_geojson(geojson text, srid integer default 4326) returns geometry language plpgsql immutable parallel safe as $$
begin
  return st_transform(st_setsrid(st_force2d(st_geomfromgeojson(geojson)), srid), 25832);
exception when others then
  return null;
end $$;
comment on function geometry_from_geojson(text, integer) is 'GeoJSON geometry in `srid` as plane geometry in EPSG:25832; null where it cannot be read';

create function is_sound(geom geometry) returns boolean language plpgsql immutable parallel safe as $$
begin
  return geom is not null and not st_isempty(geom) and st_isvalid(geom);
exception when others then
  return false;
end $$;
comment on function is_sound(geometry) is 'Readable, not empty and valid: other spatial functions can be trusted with it';

create function mend_area(geom geometry) returns geometry language plpgsql immutable parallel safe as $$
begin
  return st_collectionextract(st_makevalid(geom), 3);
exception when others then
  return null;
end $$;
comment on function mend_area(geometry) is 'The areas of a broken geometry made valid; null where that is not possible';
