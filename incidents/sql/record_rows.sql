-- One row of the record for each chosen desk incident: the only place where a desk row becomes
-- public. `publish` runs it for one incident, an import for thousands; the rule is the same.
--
-- Parameters: ids (bigint[]), at (timestamptz), first_seq (bigint), notice and notice_fr (text).
-- "Vague" incidents (open hostage cases, disclosure by country and month) show their country,
-- month and type. Nothing else of them is selected below.
WITH chosen AS (
    SELECT i.*,
           (i.disclosure = 'country_month' OR EXISTS (
               SELECT 1 FROM incidents_hostagecase h
                WHERE h.incident_id = i.id AND h.publish_policy = 'withhold'
           )) AS vague
      FROM incidents_incident i
     WHERE i.id = ANY (%(ids)s)
), kinds AS (
    SELECT (SELECT id FROM django_content_type
             WHERE app_label = 'incidents' AND model = 'incident') AS incident,
           (SELECT id FROM django_content_type
             WHERE app_label = 'incidents' AND model = 'ransompayment') AS ransom,
           (SELECT id FROM django_content_type
             WHERE app_label = 'incidents' AND model = 'negotiation') AS talks
), deals AS (
    -- The sources of ransoms and talks.
    SELECT c.target_type_id AS kind, c.target_id AS id,
           json_agg(json_build_object(
               'slug', d.slug,
               'title', CASE WHEN d.protection = 'public' THEN d.title ELSE '' END,
               'publisher', CASE WHEN d.protection = 'public' THEN p.name ELSE '' END,
               'grade', c.reliability || c.credibility
           ) ORDER BY c.reliability || c.credibility, d.slug) AS rows
      FROM kinds
      JOIN sources_citation c ON c.target_type_id IN (kinds.ransom, kinds.talks)
      JOIN sources_document d ON d.id = c.document_id
      JOIN sources_source p ON p.id = d.source_id
     GROUP BY c.target_type_id, c.target_id
), shown AS MATERIALIZED (
    SELECT i.*, c.iso3, c.name AS country_name, c.name_fr AS country_name_fr,
           coalesce(c.au_region, '') AS au_region,
           t.label AS type_label, t.label_fr AS type_label_fr, t."group" AS type_group,
           CASE WHEN vague THEN date_trunc('month', i.date_start)::date ELSE i.date_start END
               AS first_day,
           CASE WHEN vague
                THEN (date_trunc('month', i.date_start) + interval '1 month - 1 day')::date
                ELSE i.date_end END AS last_day,
           coalesce((SELECT max(r.version) FROM incidents_publishedincident r
                      WHERE r.public_id = i.public_id), 0) + 1 AS next_version
      FROM chosen i
      JOIN regions_country c ON c.id = i.country_id
      JOIN incidents_incidenttype t ON t.code = i.type_id
)
INSERT INTO incidents_publishedincident (
    seq, public_id, version, valid_from, valid_to, status, is_listed, reason, notice, notice_fr,
    merged_into,
    slug, title, dataset, date_start, date_end, date_precision, is_multiday, country, region, area,
    type, "group", clarity, attribution, checked, actors, actor_roles, targets, weapons, tactics,
    campaigns, bodies, sources, sources_count,
    killed_low, killed_best, killed_high, killed_scope, wounded_low, wounded_best, wounded_high,
    abducted_low, abducted_best, abducted_high, displaced_low, displaced_best, displaced_high,
    attackers_killed_low, attackers_killed_best, attackers_killed_high,
    toll_id, toll_size, toll_low, toll_best, toll_high,
    latitude, longitude, geo_precision, search, search_text, payload
)
SELECT
    %(first_seq)s + row_number() OVER (ORDER BY s.first_day, s.id) - 1,
    s.public_id, s.next_version, %(at)s, NULL,
    CASE WHEN s.next_version = 1 THEN 'published' ELSE 'corrected' END,
    TRUE, '', %(notice)s, %(notice_fr)s, '',
    public_slug, public_title, s.dataset, s.first_day, s.last_day,
    CASE WHEN s.vague THEN 'month' ELSE s.date_precision END,
    s.is_multiday AND NOT s.vague,
    s.iso3, s.au_region, coalesce(place.area_slug, ''),
    s.type_id, s.type_group, s.clarity,
    CASE WHEN s.vague THEN 'unknown' ELSE s.attribution END,
    s.checked,
    coalesce(named.actors, '{}'), coalesce(named.actor_roles, '{}'),
    CASE WHEN s.vague THEN '{}' ELSE s.targets END,
    CASE WHEN s.vague THEN '{}' ELSE s.weapons END,
    CASE WHEN s.vague THEN '{}' ELSE s.tactics END,
    coalesce(wave.slugs, '{}'), coalesce(body.slugs, '{}'), coalesce(origin.slugs, '{}'),
    coalesce(origin.number, 0),
    harm.killed_low, harm.killed_best, harm.killed_high, face.killed_scope,
    harm.wounded_low, harm.wounded_best, harm.wounded_high,
    harm.abducted_low, harm.abducted_best, harm.abducted_high,
    harm.displaced_low, harm.displaced_best, harm.displaced_high,
    harm.attackers_killed_low, harm.attackers_killed_best, harm.attackers_killed_high,
    toll.id, toll.size, toll.low, toll.best, toll.high,
    place.latitude, place.longitude, coalesce(place.precision, 'country'),
    vigil_text(words.text),
    vigil_fold(words.text),
    -- Ransoms and talks stand at the end, where there are any: nothing else changes by them.
    concat(rtrim(json_build_object(
        'id', s.public_id,
        'version', s.next_version,
        'status', CASE WHEN s.next_version = 1 THEN 'published' ELSE 'corrected' END,
        'slug', public_slug,
        'title', public_title,
        'summary', CASE WHEN s.vague THEN '' ELSE s.summary END,
        'dataset', s.dataset,
        'is_withheld', s.vague,
        'first_published_at', to_char(s.first_published_at AT TIME ZONE 'UTC',
                                      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'revised_at', to_char(%(at)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'type', json_build_object('code', s.type_id, 'group', s.type_group,
                                  'label', s.type_label, 'label_fr', s.type_label_fr),
        'date', json_build_object(
            'start', s.first_day, 'end', s.last_day,
            'precision', CASE WHEN s.vague THEN 'month' ELSE s.date_precision END,
            'is_multiday', s.is_multiday AND NOT s.vague,
            'text', CASE WHEN s.vague THEN '' ELSE s.date_text END),
        'location', json_build_object(
            'country', s.iso3, 'country_name', s.country_name,
            'country_name_fr', s.country_name_fr, 'region', s.au_region,
            'area', place.area_slug, 'area_name', place.area_name, 'name', place.name,
            'latitude', place.latitude, 'longitude', place.longitude,
            'precision', coalesce(place.precision, 'country'), 'radius_km', place.radius_km,
            'is_approximate', coalesce(place.coords_approx, FALSE),
            'description', place.description),
        'attribution', CASE WHEN s.vague THEN 'unknown' ELSE s.attribution END,
        'clarity', s.clarity,
        'outcome', CASE WHEN s.vague THEN 'unknown' ELSE s.outcome END,
        'is_suicide', CASE WHEN NOT s.vague THEN s.is_suicide END,
        'confidence', s.confidence,
        'checked', s.checked,
        'needs_primary_source', s.checked = 'unverified',
        'actors', coalesce(party.rows, '[]'),
        'claims', coalesce(claim.rows, '[]'),
        'harm', json_build_object(
            'killed', json_build_object('low', harm.killed_low, 'best', harm.killed_best,
                                        'high', harm.killed_high, 'scope', face.killed_scope),
            'wounded', json_build_object('low', harm.wounded_low, 'best', harm.wounded_best,
                                         'high', harm.wounded_high),
            'abducted', json_build_object('low', harm.abducted_low, 'best', harm.abducted_best,
                                          'high', harm.abducted_high),
            'displaced', json_build_object('low', harm.displaced_low, 'best', harm.displaced_best,
                                           'high', harm.displaced_high),
            'attackers_killed', json_build_object(
                'low', harm.attackers_killed_low, 'best', harm.attackers_killed_best,
                'high', harm.attackers_killed_high)),
        'estimates', coalesce(estimate.rows, '[]'),
        'combined_toll', toll.payload,
        'hostages', coalesce(held.rows, '[]'),
        'targets', CASE WHEN s.vague THEN '[]' ELSE to_json(s.targets) END,
        'weapons', CASE WHEN s.vague THEN '[]' ELSE to_json(s.weapons) END,
        'tactics', CASE WHEN s.vague THEN '[]' ELSE to_json(s.tactics) END,
        'campaigns', coalesce(wave.rows, '[]'),
        'links', coalesce(tie.rows, '[]'),
        'bodies', to_json(coalesce(body.slugs, '{}')),
        'sources', coalesce(origin.rows, '[]'),
        'external_ids', coalesce(outside.rows, '[]'),
        'flags', CASE WHEN s.vague THEN '[]' ELSE to_json(s.flags) END,
        'note', CASE WHEN s.vague THEN '' ELSE s.note END
    )::text, '}'), ', "ransoms" : ' || ransom.rows::text,
           ', "hostage_talks" : ' || talks.rows::text, '}')::json
FROM shown s
CROSS JOIN kinds
CROSS JOIN LATERAL (
    SELECT CASE WHEN s.vague
                THEN lower(s.iso3) || to_char(s.first_day, '-YYYY-MM-') || lower(s.public_id)
                ELSE s.slug END AS public_slug,
           CASE WHEN s.vague
                THEN s.type_label || ', ' || s.country_name || to_char(s.first_day, ', FMMonth YYYY')
                ELSE s.title END AS public_title,
           CASE WHEN s.vague THEN 'excl_attackers' ELSE s.killed_scope END AS killed_scope
) AS face
LEFT JOIN LATERAL (
    -- Shown precision decides what of the place is selected at all.
    SELECT l.display_precision AS precision, l.coords_approx,
           CASE WHEN l.display_precision = l.precision THEN l.name ELSE '' END AS name,
           CASE WHEN l.display_precision = l.precision THEN l.description ELSE '' END AS description,
           CASE WHEN l.display_precision = l.precision THEN l.radius_km END AS radius_km,
           CASE WHEN l.display_precision <> 'country' THEN a.slug END AS area_slug,
           CASE WHEN l.display_precision <> 'country' THEN a.name END AS area_name,
           CASE WHEN l.display_precision = 'country' THEN NULL
                WHEN l.display_precision = l.precision THEN l.latitude
                WHEN l.display_precision = 'near' THEN round(l.latitude, 1)
                WHEN l.display_precision = 'admin2' THEN b.latitude
                WHEN l.display_precision = 'admin1' THEN a.latitude END AS latitude,
           CASE WHEN l.display_precision = 'country' THEN NULL
                WHEN l.display_precision = l.precision THEN l.longitude
                WHEN l.display_precision = 'near' THEN round(l.longitude, 1)
                WHEN l.display_precision = 'admin2' THEN b.longitude
                WHEN l.display_precision = 'admin1' THEN a.longitude END AS longitude
      FROM incidents_incidentlocation l
      LEFT JOIN regions_adminarea a ON a.id = l.admin1_id
      LEFT JOIN regions_adminarea b ON b.id = l.admin2_id
     WHERE l.incident_id = s.id AND l.is_primary AND NOT s.vague
) AS place ON TRUE
LEFT JOIN LATERAL (
    SELECT string_agg(coalesce(a.name, p.actor_text) || ' ' || coalesce(a.short_name, '')
               || ' ' || coalesce((SELECT string_agg(x.name, ' ') FROM actors_actoralias x
                                    WHERE x.actor_id = a.id), ''), ' ') AS words,
           json_agg(json_build_object(
               'actor', a.slug, 'name', coalesce(a.name, p.actor_text),
               'short_name', nullif(a.short_name, ''), 'kind', a.kind, 'role', p.role,
               'attribution', p.attribution, 'claim_status', p.claim_status
           ) ORDER BY p.position, p.id) AS rows
      FROM incidents_participation p
      LEFT JOIN actors_actor a ON a.id = p.actor_id
     WHERE p.incident_id = s.id AND NOT s.vague
) AS party ON TRUE
LEFT JOIN LATERAL (
    -- Who claims an incident is its claimant as well, whatever else Vigil holds of them.
    SELECT array_agg(DISTINCT r.slug) AS actors,
           array_agg(DISTINCT r.slug || ':' || r.role) AS actor_roles
      FROM (
        SELECT a.slug, p.role
          FROM incidents_participation p
          JOIN actors_actor a ON a.id = p.actor_id
         WHERE p.incident_id = s.id AND NOT s.vague
        UNION ALL
        SELECT a.slug, 'claimant'
          FROM incidents_claimofresponsibility k
          JOIN actors_actor a ON a.id = k.claimant_id
         WHERE k.incident_id = s.id AND NOT s.vague AND k.authenticity <> 'rejected'
      ) AS r
) AS named ON TRUE
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object(
               'claimant', a.slug, 'name', a.name, 'claimed_on', k.claimed_on,
               'precision', k.claimed_precision, 'channel', k.channel,
               'authenticity', k.authenticity, 'claimed_killed', k.claimed_killed,
               'summary', k.summary, 'is_competing', k.is_competing
           ) ORDER BY k.claimed_on, k.id) AS rows
      FROM incidents_claimofresponsibility k
      JOIN actors_actor a ON a.id = k.claimant_id
     WHERE k.incident_id = s.id AND NOT s.vague
) AS claim ON TRUE
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object(
               'harm', e.harm, 'population', e.population, 'scope', e.scope,
               'measure', e.measure, 'low', e.low, 'best', e.best, 'high', e.high,
               'comparator', e.comparator, 'as_reported', e.as_reported, 'as_of', e.as_of,
               'is_preferred', e.is_preferred, 'is_self_interested', e.is_self_interested,
               'covers', e.covers, 'source', e.document,
               'source_title', e.document_title, 'publisher', e.publisher,
               'said_by', e.original_speaker, 'grade', e.grade, 'note', e.note
           ) ORDER BY e.harm, e.population, e.is_preferred DESC, e.id) AS rows
      FROM (
        SELECT h.*, d.slug AS document,
               CASE WHEN d.protection = 'public' THEN d.title ELSE '' END AS document_title,
               CASE WHEN d.protection = 'public' THEN p.name ELSE '' END AS publisher,
               c.original_speaker, c.reliability || c.credibility AS grade,
               (SELECT json_agg(o.public_id ORDER BY o.public_id)
                  FROM incidents_harmestimate_covers v
                  JOIN incidents_incident o ON o.id = v.incident_id
                 WHERE v.harmestimate_id = h.id AND o.disclosure = 'full'
                   AND o.editorial_status IN ('published', 'corrected')
                   AND NOT EXISTS (SELECT 1 FROM incidents_hostagecase k
                                    WHERE k.incident_id = o.id
                                      AND k.publish_policy = 'withhold')) AS covers
          FROM incidents_harmestimate h
          JOIN sources_citation c ON c.id = h.citation_id
          JOIN sources_document d ON d.id = c.document_id
          JOIN sources_source p ON p.id = d.source_id
         WHERE h.superseded_by_id IS NULL AND NOT s.vague AND h.incident_id = s.id
      ) AS e
) AS estimate ON TRUE
LEFT JOIN LATERAL (
    -- The preferred combined toll of deaths, if it covers only incidents that are public in full.
    SELECT h.id, h.low, h.best, h.high, cover.size,
           json_build_object('low', h.low, 'best', h.best, 'high', h.high, 'covers', cover.ids,
                             'source', d.slug, 'as_of', h.as_of, 'note', h.note) AS payload
      FROM incidents_harmestimate_covers mine
      JOIN incidents_harmestimate h ON h.id = mine.harmestimate_id
      JOIN sources_citation c ON c.id = h.citation_id
      JOIN sources_document d ON d.id = c.document_id
      JOIN LATERAL (
        SELECT count(*) AS size, json_agg(o.public_id ORDER BY o.public_id) AS ids,
               bool_and(o.disclosure = 'full'
                        AND o.editorial_status IN ('published', 'corrected')
                        AND NOT EXISTS (SELECT 1 FROM incidents_hostagecase k
                                         WHERE k.incident_id = o.id
                                           AND k.publish_policy = 'withhold')) AS all_public
          FROM incidents_harmestimate_covers v
          JOIN incidents_incident o ON o.id = v.incident_id
         WHERE v.harmestimate_id = h.id
      ) AS cover ON cover.all_public
     WHERE mine.incident_id = s.id AND NOT s.vague AND h.is_preferred
       AND h.harm = 'killed' AND h.population = 'all' AND h.superseded_by_id IS NULL
     ORDER BY h.id LIMIT 1
) AS toll ON TRUE
LEFT JOIN LATERAL (
    -- How a case ended, of incidents none of whose cases is withheld.
    SELECT json_agg(json_build_object('persons', h.persons, 'outcome', h.status)
                    ORDER BY h.id) AS rows
      FROM incidents_hostagecase h
     WHERE h.incident_id = s.id AND NOT s.vague AND h.publish_policy = 'publish'
) AS held ON TRUE
LEFT JOIN LATERAL (
    -- What was paid for people of whom every case is closed and may be told (`held` says so).
    SELECT json_agg(json_build_object(
               'status', m.status, 'payer', m.payer, 'payer_country', y.iso3,
               'payee', a.slug, 'payee_name', a.name, 'currency', m.currency,
               'low', trim_scale(m.amount_low), 'best', trim_scale(m.amount_best),
               'high', trim_scale(m.amount_high), 'hostages', m.hostages,
               'also_released', m.also_released, 'other_consideration', m.other_consideration,
               'paid_on', json_build_object('start', m.paid_from, 'end', m.paid_to,
                                            'precision', m.paid_precision),
               'denied_by', m.denied_by, 'official_comment', m.official_comment,
               'figures', coalesce(said.rows, '[]'), 'sources', coalesce(basis.rows, '[]')
           ) ORDER BY m.paid_from, m.id) AS rows
      FROM incidents_ransompayment m
      JOIN actors_actor a ON a.id = m.payee_id
      LEFT JOIN regions_country y ON y.id = m.payer_country_id
      LEFT JOIN deals AS basis ON basis.kind = kinds.ransom AND basis.id = m.id
      LEFT JOIN LATERAL (
        -- A figure whose document is not cited for the ransom has no source, and is not told.
        SELECT json_agg(json_build_object(
                   'source', d.slug,
                   'source_title', CASE WHEN d.protection = 'public' THEN d.title ELSE '' END,
                   'publisher', CASE WHEN d.protection = 'public' THEN p.name ELSE '' END,
                   'grade', c.grade, 'low', f.figure -> 'low', 'best', f.figure -> 'best',
                   'high', f.figure -> 'high', 'note', coalesce(f.figure ->> 'note', '')
               ) ORDER BY f.place) AS rows
          FROM jsonb_array_elements(m.figures) WITH ORDINALITY AS f (figure, place)
          JOIN sources_document d ON d.slug = f.figure ->> 'source'
          JOIN sources_source p ON p.id = d.source_id
          JOIN LATERAL (
            SELECT min(k.reliability || k.credibility) AS grade FROM sources_citation k
             WHERE k.target_type_id = kinds.ransom AND k.target_id = m.id
               AND k.document_id = d.id
          ) AS c ON c.grade IS NOT NULL
      ) AS said ON TRUE
     WHERE m.incident_id = s.id AND held.rows IS NOT NULL
) AS ransom ON TRUE
LEFT JOIN LATERAL (
    -- Talks about the same people, if all that they were about is public in full as well.
    SELECT json_agg(json_build_object(
               'kind', n.kind, 'status', n.status,
               'parties', (SELECT coalesce(json_agg(json_build_object('actor', a.slug,
                                                                      'name', a.name)
                                                    ORDER BY a.slug), '[]')
                             FROM incidents_negotiation_parties x
                             JOIN actors_actor a ON a.id = x.actor_id
                            WHERE x.negotiation_id = n.id),
               'counterparty', n.counterparty, 'facilitator', n.facilitator,
               'date', json_build_object('start', n.starts_on, 'end', n.ends_on,
                                         'precision', n.date_precision),
               'terms', (SELECT coalesce(json_agg(t.kind ORDER BY t.kind), '[]')
                           FROM incidents_negotiationterm t WHERE t.negotiation_id = n.id),
               'sources', coalesce(basis.rows, '[]')
           ) ORDER BY n.starts_on, n.id) AS rows
      FROM incidents_negotiation_incidents mine
      JOIN incidents_negotiation n ON n.id = mine.negotiation_id
      LEFT JOIN deals AS basis ON basis.kind = kinds.talks AND basis.id = n.id
     WHERE mine.incident_id = s.id AND held.rows IS NOT NULL AND n.kind = 'hostage_negotiation'
       AND NOT EXISTS (SELECT 1
                         FROM incidents_negotiation_incidents every
                         JOIN incidents_incident o ON o.id = every.incident_id
                        WHERE every.negotiation_id = n.id
                          AND (o.disclosure <> 'full'
                               OR o.editorial_status NOT IN ('published', 'corrected')
                               OR EXISTS (SELECT 1 FROM incidents_hostagecase k
                                           WHERE k.incident_id = o.id
                                             AND k.publish_policy = 'withhold'))
                          AND o.id <> s.id)
) AS talks ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(g.slug ORDER BY g.slug) AS slugs,
           string_agg(g.name, ' ') AS words,
           json_agg(json_build_object('slug', g.slug, 'name', g.name, 'kind', g.kind,
                                      'reason', x.reason) ORDER BY g.slug) AS rows
      FROM incidents_campaignincident x
      JOIN incidents_campaign g ON g.id = x.campaign_id
     WHERE x.incident_id = s.id AND NOT s.vague
) AS wave ON TRUE
LEFT JOIN LATERAL (
    -- Only links to incidents that are themselves public in full, and with the title that is
    -- public: their desk may say something else by now. Those without a current row are published
    -- by this very statement.
    SELECT json_agg(json_build_object('relation', y.relation, 'direction', y.direction,
                                      'id', o.public_id, 'slug', coalesce(r.slug, o.slug),
                                      'title', coalesce(r.title, o.title))
                    ORDER BY y.relation, o.public_id) AS rows
      FROM (
        SELECT relation, 'to' AS direction, target_id AS other FROM incidents_incidentlink
         WHERE source_id = s.id
        UNION ALL
        SELECT relation, 'from', source_id FROM incidents_incidentlink WHERE target_id = s.id
      ) AS y
      JOIN incidents_incident o ON o.id = y.other
      LEFT JOIN incidents_publishedincident r
             ON r.public_id = o.public_id AND r.valid_to IS NULL AND r.is_listed
     WHERE o.editorial_status IN ('published', 'corrected') AND o.disclosure = 'full'
       AND NOT s.vague
       AND NOT EXISTS (SELECT 1 FROM incidents_hostagecase h
                        WHERE h.incident_id = o.id AND h.publish_policy = 'withhold')
) AS tie ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT b.slug) AS slugs
      FROM regions_membership m
      JOIN regions_regionalbody b ON b.id = m.body_id
     WHERE m.country_id = s.country_id AND m.status = 'member'
       AND m.starts_on <= s.first_day AND (m.ends_on IS NULL OR m.ends_on >= s.first_day)
) AS body ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT q.document) AS slugs, count(DISTINCT q.root) AS number,
           string_agg(q.publisher, ' ') AS words,
           json_agg(json_build_object(
               'slug', q.document, 'title', q.title, 'publisher', q.publisher, 'kind', q.kind,
               'url', q.url, 'published', q.published, 'language', q.language,
               'grade', q.grade, 'locator', q.locator, 'said_by', q.original_speaker,
               'seen', q.seen, 'note', q.note
           ) ORDER BY q.grade, q.document, q.locator) AS rows
      FROM (
        SELECT d.slug AS document, coalesce(d.syndicated_from_id, d.id) AS root,
               CASE WHEN d.protection = 'public' THEN d.title ELSE '' END AS title,
               CASE WHEN d.protection = 'public' THEN p.name ELSE '' END AS publisher,
               p.kind, d.language, d.seen,
               CASE WHEN d.protection = 'public' THEN d.url END AS url,
               CASE d.published_precision
                    WHEN 'year' THEN to_char(d.published_from, 'YYYY')
                    WHEN 'month' THEN to_char(d.published_from, 'YYYY-MM')
                    ELSE d.published_from::text END AS published,
               c.reliability || c.credibility AS grade, c.locator, c.original_speaker, c.note
          FROM sources_citation c
          JOIN sources_document d ON d.id = c.document_id
          JOIN sources_source p ON p.id = d.source_id
         WHERE c.target_type_id = kinds.incident AND c.target_id = s.id AND NOT s.vague
      ) AS q
) AS origin ON TRUE
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('scheme', x.scheme, 'value', x.value)
                    ORDER BY x.scheme, x.value) AS rows
      FROM sources_externalidentifier x
     WHERE x.target_type_id = kinds.incident AND x.target_id = s.id AND NOT s.vague
) AS outside ON TRUE
CROSS JOIN LATERAL (
    SELECT s.killed_low, s.killed_best, s.killed_high, s.wounded_low, s.wounded_best,
           s.wounded_high, s.abducted_low, s.abducted_best, s.abducted_high, s.displaced_low,
           s.displaced_best, s.displaced_high, s.attackers_killed_low, s.attackers_killed_best,
           s.attackers_killed_high
     WHERE NOT s.vague
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
     WHERE s.vague
) AS harm
CROSS JOIN LATERAL (
    SELECT concat_ws(' ', public_title, CASE WHEN NOT s.vague THEN s.summary END, place.name,
                     place.area_name, s.country_name, s.country_name_fr, s.type_label,
                     s.type_label_fr, party.words, wave.words) AS text
) AS words
