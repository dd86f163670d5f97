-- All that an admission needs, in one row. A view and not a function: the local API asks Postgres 9 times for a row of
-- a view and 14 times for a call, and a view is planned whole. Takes the place of load_admission, which stays for web
-- processes of the version before, until a later migration drops it. The counts use the partial index on generations in
-- flight, so the cost does not grow with the tables.
CREATE VIEW public.admissions WITH (security_invoker = true) AS
SELECT
  course.id, course.user_id, course.organization_id, course.slug, course.generation_id, course.generation_status,
  course.generation_progress,
  course.title, course.course_description, course.target_audience, course.prerequisites, course.learning_outcomes,
  course.language, course.style, course.difficulty, course.content_strategy, course.estimated_sections,
  course.estimated_lessons, course.lesson_duration_minutes, course.output_formats,
  -- As private.generation_ended: a second generation would have to wait for this one.
  CASE WHEN course.generation_status NOT IN ('completed', 'failed', 'cancelled')
    AND (generation.id IS NULL OR generation.status NOT IN ('completed', 'failed', 'cancelled'))
  THEN course.generation_id END AS in_flight_id,
  coalesce(profile.tier, 'FREE') AS tier,
  (
    SELECT count(*)::integer FROM public.generations
    WHERE user_id = course.user_id AND status NOT IN ('completed', 'failed', 'cancelled')
  ) AS user_in_flight,
  (
    SELECT count(*)::integer FROM public.generations WHERE status NOT IN ('completed', 'failed', 'cancelled')
  ) AS global_in_flight,
  (SELECT value FROM public.settings WHERE key = 'global_concurrency_limit') AS global_limit
FROM public.courses AS course
LEFT JOIN public.generations AS generation ON generation.id = course.generation_id
LEFT JOIN public.user_profiles AS profile ON profile.id = course.user_id;

SELECT private.apply_privileges();
