-- Withdrawn and merged incidents: id, dates as last shown, reason class. Nothing else survives.
INSERT INTO incidents_publishedincident (
    seq, public_id, version, valid_from, valid_to, status, is_listed, reason, notice, merged_into,
    slug, title, dataset, date_start, date_end, date_precision, is_multiday, country, region, area,
    type, "group", clarity, attribution, checked, actors, actor_roles, targets, weapons, tactics,
    campaigns, bodies, sources, sources_count, killed_scope, geo_precision, search_text, payload
)
SELECT
    %(first_seq)s + row_number() OVER (ORDER BY i.id) - 1,
    i.public_id, last.version + 1, %(at)s, NULL, i.editorial_status, FALSE,
    i.withdrawal_reason, '', coalesce(winner.public_id, ''),
    '', '', last.dataset, last.date_start, last.date_end, last.date_precision, FALSE, '', '', '',
    '', '', '', '', '', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 0, '', '', '',
    json_build_object(
        'id', i.public_id, 'version', last.version + 1, 'status', i.editorial_status,
        'reason', nullif(i.withdrawal_reason, ''), 'merged_into', winner.public_id,
        'date', json_build_object('start', last.date_start, 'end', last.date_end,
                                  'precision', last.date_precision),
        'revised_at', to_char(%(at)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
FROM incidents_incident i
LEFT JOIN incidents_incident winner ON winner.id = i.merged_into_id
JOIN LATERAL (
    SELECT r.version, r.dataset, r.date_start, r.date_end, r.date_precision
      FROM incidents_publishedincident r
     WHERE r.public_id = i.public_id
     ORDER BY r.version DESC LIMIT 1
) AS last ON TRUE
WHERE i.id = ANY (%(ids)s)
