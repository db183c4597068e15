-- Simulated incidents: each is one published incident of the record moved by up to half a year,
-- under an id of its own. For measurements of size only; see `manage.py simulate`.
--
-- Parameters: at (timestamptz), first (bigint: number of the first one), last, first_seq, seed.
-- `hashint8extended` is a function of number and seed: the same seed makes the same rows.
WITH drawn AS (
    SELECT n, t.seq AS template, t.today_or_before,
           mod(abs(hashint8extended(n, %(seed)s + 1)), 365)::int - 182 AS moved,
           -- An odd multiplier runs through all 2^50 ids without meeting one twice.
           mod((n + %(seed)s::numeric * 1000000007) * 744287521894301, 1125899906842624)::bigint
               AS id
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
      JOIN simulation_template t
        ON t.number = mod(abs(hashint8extended(n, %(seed)s)), %(templates)s)
), placed AS (
    SELECT n, template, CASE WHEN moved > today_or_before THEN -moved ELSE moved END AS moved,
           (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
                                     ((id >> (45 - 5 * place)) & 31)::int + 1, 1), '' ORDER BY place)
              FROM generate_series(0, 9) AS place) AS public_id
      FROM drawn
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
    latitude, longitude, geo_precision, search, search_text, payload
)
SELECT
    %(first_seq)s + p.n - %(first)s, p.public_id, 1, %(at)s, NULL, 'published', TRUE, '', '', '',
    '',
    'simulated-' || p.n, r.title, r.dataset, r.date_start + p.moved, r.date_end + p.moved,
    r.date_precision, r.is_multiday, r.country, r.region, r.area,
    r.type, r."group", r.clarity, r.attribution, r.checked, r.actors, r.actor_roles, r.targets,
    r.weapons, r.tactics, r.campaigns, r.bodies, r.sources, r.sources_count,
    r.killed_low, r.killed_best, r.killed_high, r.killed_scope, r.wounded_low, r.wounded_best,
    r.wounded_high, r.abducted_low, r.abducted_best, r.abducted_high, r.displaced_low,
    r.displaced_best, r.displaced_high, r.attackers_killed_low, r.attackers_killed_best,
    r.attackers_killed_high,
    r.latitude, r.longitude, r.geo_precision, r.search, r.search_text,
    (r.payload::jsonb || jsonb_build_object(
        'id', p.public_id, 'version', 1, 'status', 'published', 'slug', 'simulated-' || p.n,
        'revised_at', to_char(%(at)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'combined_toll', NULL, 'links', '[]'::jsonb,
        'date', (r.payload::jsonb -> 'date') || jsonb_build_object(
            'start', r.date_start + p.moved, 'end', r.date_end + p.moved)))::json
  FROM placed p
  JOIN incidents_publishedincident r ON r.seq = p.template
