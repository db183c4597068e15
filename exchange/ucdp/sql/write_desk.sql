-- The staged events become desk rows; `publish_many` then takes them through the door.
-- Parameters: incident (id of its content type), estimate (likewise), publisher (id of UCDP).
-- What editors added to an event (other sources' figures, other participants, a coarser shown
-- place) stays.

INSERT INTO incidents_incident (
    id, public_id, slug, title, type_id, date_start, date_end, date_precision, is_multiday,
    country_id, clarity, civilian_targeting, targets, attribution, killed_low, killed_best,
    killed_high, killed_scope, flags, dataset, source_digest, confidence, checked, sensitivity,
    author_id
)
SELECT incident_id, public_id, slug, title, type_id, date_start, date_end, date_precision,
       is_multiday, country_id, clarity, civilian_targeting, targets, attribution, low, best,
       high, 'all_parties', flags, 'ucdp', source_digest, confidence, 'read', 'public', author_id
  FROM ucdp_stage WHERE is_new ORDER BY incident_id;

UPDATE incidents_incident i
   SET title = s.title, type_id = s.type_id, date_start = s.date_start, date_end = s.date_end,
       date_precision = s.date_precision, is_multiday = s.is_multiday,
       country_id = s.country_id, clarity = s.clarity,
       civilian_targeting = s.civilian_targeting, targets = s.targets,
       attribution = s.attribution, flags = s.flags, source_digest = s.source_digest,
       confidence = s.confidence, updated_at = now(),
       killed_low = CASE WHEN s.owns_toll THEN s.low ELSE i.killed_low END,
       killed_best = CASE WHEN s.owns_toll THEN s.best ELSE i.killed_best END,
       killed_high = CASE WHEN s.owns_toll THEN s.high ELSE i.killed_high END
  FROM ucdp_stage s WHERE i.id = s.incident_id AND NOT s.is_new;

INSERT INTO incidents_incidentlocation (
    incident_id, name, admin1_id, admin2_id, latitude, longitude, precision, display_precision,
    radius_km, coords_approx, description, is_primary
)
SELECT incident_id, place, admin1_id, admin2_id, latitude, longitude, precision,
       display_precision, radius_km, coords_approx, description, TRUE
  FROM ucdp_stage WHERE is_new ORDER BY incident_id;

UPDATE incidents_incidentlocation l
   SET name = s.place, admin1_id = s.admin1_id, admin2_id = s.admin2_id, latitude = s.latitude,
       longitude = s.longitude, precision = s.precision,
       display_precision = s.display_precision, radius_km = s.radius_km,
       coords_approx = s.coords_approx, description = s.description, updated_at = now()
  FROM ucdp_stage s WHERE l.incident_id = s.incident_id AND l.is_primary AND NOT s.is_new;

-- An earlier version's citation goes with its superseded figures, so that one data set is never
-- counted as two sources.
UPDATE sources_citation c
   SET target_type_id = %(estimate)s, updated_at = now(),
       target_id = (SELECT min(h.id) FROM incidents_harmestimate h WHERE h.citation_id = c.id)
  FROM ucdp_stage s, sources_document d
 WHERE NOT s.is_new AND c.target_type_id = %(incident)s AND c.target_id = s.incident_id
   AND d.id = c.document_id AND d.source_id = %(publisher)s AND c.id <> s.citation_id
   AND EXISTS (SELECT 1 FROM incidents_harmestimate h WHERE h.citation_id = c.id);

INSERT INTO sources_citation (
    id, document_id, target_type_id, target_id, locator, original_speaker, reliability,
    credibility, note
)
SELECT citation_id, document_id, %(incident)s, incident_id, locator, speaker, 'B', 3, note
  FROM ucdp_stage ORDER BY incident_id;

INSERT INTO sources_externalidentifier (target_type_id, target_id, scheme, value)
SELECT %(incident)s, incident_id, 'ucdp_ged', event_id
  FROM ucdp_stage WHERE is_new ORDER BY incident_id;

DELETE FROM sources_externalidentifier x USING ucdp_stage s
 WHERE NOT s.is_new AND x.target_type_id = %(incident)s AND x.target_id = s.incident_id
   AND x.scheme = 'ucdp_relid' AND x.value <> s.relid;

-- UCDP does not promise that a relid is unique: the first event that has it keeps it.
INSERT INTO sources_externalidentifier (target_type_id, target_id, scheme, value)
SELECT %(incident)s, incident_id, 'ucdp_relid', relid
  FROM ucdp_stage WHERE relid <> '' ORDER BY incident_id
    ON CONFLICT (scheme, value) DO NOTHING;

DELETE FROM incidents_participation p USING ucdp_stage s, sources_citation c, sources_document d
 WHERE NOT s.is_new AND p.incident_id = s.incident_id AND c.id = p.citation_id
   AND d.id = c.document_id AND d.source_id = %(publisher)s;

INSERT INTO incidents_participation (
    incident_id, actor_id, role, attribution, claim_status, citation_id, position
)
SELECT s.incident_id, side.actor, s.role_a, 'probable', 'unknown', s.citation_id, side.position
  FROM ucdp_stage s
 CROSS JOIN LATERAL (VALUES (s.actor_a, 0), (s.actor_b, 1)) AS side (actor, position)
 WHERE side.actor IS NOT NULL ORDER BY s.incident_id, side.position
    ON CONFLICT (incident_id, actor_id, role) DO NOTHING;

-- Published figures are superseded, never edited.
UPDATE incidents_harmestimate h SET is_preferred = FALSE, updated_at = now()
  FROM ucdp_stage s, sources_citation c, sources_document d
 WHERE NOT s.is_new AND h.incident_id = s.incident_id AND h.superseded_by_id IS NULL
   AND c.id = h.citation_id AND d.id = c.document_id AND d.source_id = %(publisher)s;

INSERT INTO incidents_harmestimate (
    incident_id, harm, population, scope, low, best, high, as_reported, citation_id, as_of,
    is_preferred
)
SELECT s.incident_id, 'killed', f.population, 'all_parties', f.low, f.best, f.high, f.said,
       s.citation_id, s.date_end, f.population = 'all' AND s.owns_toll
  FROM ucdp_stage s
 CROSS JOIN LATERAL (VALUES
        (1, 'all', s.low, s.best, s.high, s.as_reported),
        (2, 'side_a', NULL, s.deaths_a, NULL, NULL),
        (3, 'side_b', NULL, s.deaths_b, NULL, NULL),
        (4, 'civilians', NULL, s.deaths_civilians, NULL, NULL),
        (5, 'unknown', NULL, s.deaths_unknown, NULL, NULL)
       ) AS f (position, population, low, best, high, said)
 WHERE f.best IS NOT NULL ORDER BY s.incident_id, f.position;

UPDATE incidents_harmestimate old SET superseded_by_id = new.id, updated_at = now()
  FROM ucdp_stage s, sources_citation c, sources_document d, incidents_harmestimate new
 WHERE NOT s.is_new AND old.incident_id = s.incident_id AND old.superseded_by_id IS NULL
   AND old.citation_id <> s.citation_id
   AND c.id = old.citation_id AND d.id = c.document_id AND d.source_id = %(publisher)s
   AND new.incident_id = s.incident_id AND new.citation_id = s.citation_id
   AND new.population = CASE
           WHEN EXISTS (SELECT 1 FROM incidents_harmestimate n
                         WHERE n.citation_id = s.citation_id AND n.population = old.population)
           THEN old.population ELSE 'all' END;
