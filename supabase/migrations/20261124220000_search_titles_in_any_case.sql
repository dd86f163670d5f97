-- The text-search parser folds only ASCII in a database whose lc_ctype is C, as the local one's is, so a title that begins
-- with a capital Cyrillic letter was not found. lower() folds by the database's own rules.
DROP INDEX public.courses_title_words;
CREATE INDEX courses_title_words ON public.courses USING gin (to_tsvector('pg_catalog.simple', lower(title)));

-- As before but for lower().
CREATE OR REPLACE FUNCTION private.find_generations(p_search text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_words constant tsquery := private.words_query(p_search);
  v_users constant uuid[] := ARRAY(SELECT id FROM auth.users WHERE strpos(lower(email::text), lower(p_search)) > 0);
  v_courses constant uuid[] := ARRAY(
    SELECT id FROM public.courses WHERE to_tsvector('pg_catalog.simple', lower(title)) @@ v_words
  );
BEGIN
  RETURN ARRAY(
    SELECT id FROM public.generations WHERE id = p_search
    UNION SELECT id FROM public.generations WHERE request_id = p_search
    UNION SELECT id FROM public.generations WHERE user_id = ANY (v_users)
    UNION SELECT id FROM public.generations WHERE course_id = ANY (v_courses)
  );
END
$$;

SELECT private.apply_privileges();
