-- Withdrawn to protect people: the older versions lose everything but id, dates and reason class,
-- so that no question about the past, no feed and no history can bring it back.
UPDATE incidents_publishedincident SET
    status = 'withdrawn', is_listed = FALSE, reason = 'safety', notice = '', notice_fr = '',
    slug = '', title = '',
    is_multiday = FALSE, country = '', region = '', area = '', type = '', "group" = '',
    clarity = '', attribution = '', checked = '', actors = '{}', actor_roles = '{}',
    targets = '{}', weapons = '{}', tactics = '{}', campaigns = '{}', bodies = '{}', sources = '{}',
    sources_count = 0, killed_low = NULL, killed_best = NULL, killed_high = NULL,
    killed_scope = '', wounded_low = NULL, wounded_best = NULL, wounded_high = NULL,
    abducted_low = NULL, abducted_best = NULL, abducted_high = NULL,
    displaced_low = NULL, displaced_best = NULL, displaced_high = NULL,
    attackers_killed_low = NULL, attackers_killed_best = NULL, attackers_killed_high = NULL,
    toll_id = NULL, toll_size = NULL, toll_low = NULL, toll_best = NULL, toll_high = NULL,
    latitude = NULL, longitude = NULL, geo_precision = '', search = NULL, search_text = '',
    payload = json_build_object(
        'id', public_id, 'version', version, 'status', 'withdrawn', 'reason', 'safety',
        'merged_into', NULL,
        'date', json_build_object('start', date_start, 'end', date_end,
                                  'precision', date_precision),
        'revised_at', to_char(valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
 WHERE public_id = ANY (%(public_ids)s) AND is_listed AND valid_to IS NOT NULL
