-- What the desk holds of UCDP events. Parameters: incident (content type id), ids (text[]),
-- publisher (slug of UCDP as a source).
SELECT x.value, i.id, i.public_id, i.slug, i.dataset, i.editorial_status, i.source_digest,
       coalesce(l.precision, ''), coalesce(l.display_precision, ''),
       -- False where editors prefer another source's toll for this event.
       NOT EXISTS (
           SELECT 1 FROM incidents_harmestimate h
             JOIN sources_citation c ON c.id = h.citation_id
             JOIN sources_document d ON d.id = c.document_id
             JOIN sources_source p ON p.id = d.source_id
            WHERE h.incident_id = i.id AND h.is_preferred AND h.harm = 'killed'
              AND h.population = 'all' AND h.measure = 'count' AND p.slug <> %(publisher)s)
  FROM sources_externalidentifier x
  JOIN incidents_incident i ON i.id = x.target_id
  LEFT JOIN incidents_incidentlocation l ON l.incident_id = i.id AND l.is_primary
 WHERE x.target_type_id = %(incident)s AND x.scheme = 'ucdp_ged' AND x.value = ANY (%(ids)s)
