-- What must not find a course in the trash, as it was but for deleted_at: admission, progress, reading, editing and sharing.

CREATE OR REPLACE FUNCTION public.load_admission(p_course_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'course', jsonb_build_object(
      'id', course.id,
      'user_id', course.user_id,
      'organization_id', course.organization_id,
      'slug', course.slug,
      'generation_id', course.generation_id,
      'generation_status', course.generation_status,
      'generation_progress', course.generation_progress,
      'brief', private.brief_of(course)
    ),
    -- A second generation would have to wait for this one.
    'in_flight_id', CASE WHEN NOT private.generation_ended(course) THEN course.generation_id END,
    'tier', private.tier_of(course.user_id),
    'user_in_flight', (
      SELECT count(*) FROM public.generations
      WHERE user_id = course.user_id AND status NOT IN ('completed', 'failed', 'cancelled')
    ),
    'global_in_flight', (
      SELECT count(*) FROM public.generations WHERE status NOT IN ('completed', 'failed', 'cancelled')
    ),
    'global_limit', (SELECT value FROM public.settings WHERE key = 'global_concurrency_limit')
  )
  FROM public.courses AS course WHERE course.id = p_course_id AND course.deleted_at IS NULL
$$;

CREATE OR REPLACE VIEW public.admissions WITH (security_invoker = true) AS
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
LEFT JOIN public.user_profiles AS profile ON profile.id = course.user_id
WHERE course.deleted_at IS NULL;

CREATE OR REPLACE FUNCTION public.update_course_progress(
  p_course_id uuid,
  p_step_id integer,
  p_status text,
  p_message text,
  p_error_message text DEFAULT NULL,
  p_error_details jsonb DEFAULT NULL,
  p_metadata jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses;
  v_id text;
  v_previous jsonb;
  v_rewrite jsonb;
  v_base public.generations;
  v_progress jsonb;
BEGIN
  IF p_step_id IS NULL OR p_step_id NOT BETWEEN 1 AND 5 THEN
    RAISE EXCEPTION 'step must be 1 to 5, not %', p_step_id USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_status IS NULL OR p_status NOT IN ('pending', 'in_progress', 'completed', 'failed') THEN
    RAISE EXCEPTION 'unknown step status %', p_status USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_message IS NULL OR p_message !~ '\S' THEN
    RAISE EXCEPTION 'message must not be empty' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  p_error_details := nullif(private.json_argument(p_error_details), 'null');
  p_metadata := coalesce(nullif(private.json_argument(p_metadata), 'null'), '{}');
  IF jsonb_typeof(p_metadata) <> 'object' THEN
    RAISE EXCEPTION 'metadata must be an object' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  v_id := nullif(p_metadata ->> 'generation_id', '');
  v_rewrite := nullif(p_metadata -> 'rewrite', 'null');
  p_metadata := p_metadata - 'rewrite';

  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id AND deleted_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  IF v_id IS NOT NULL AND v_id IS DISTINCT FROM v_course.generation_id THEN
    IF p_step_id <> 1 OR NOT private.may_take_over(v_course, v_id) THEN
      RETURN private.progress_shown(v_course);
    END IF;
    v_previous := private.snapshot_of(v_course);
    IF v_rewrite IS NOT NULL THEN
      v_base := private.base_of_rewrite(p_course_id, v_rewrite);
      p_metadata := p_metadata || jsonb_build_object('has_documents', v_base.has_documents);
    END IF;
    v_course := private.taken_over(v_course, v_id, p_metadata);
  ELSIF v_course.generation_status IS NULL THEN
    v_course.generation_progress := private.fresh_progress(v_course.generation_progress, p_metadata);
  ELSIF private.generation_ended(v_course) AND NOT (
    v_course.generation_id IS NULL AND v_course.generation_status = 'failed' AND p_status = 'completed'
    AND v_course.generation_progress -> 'steps' -> (p_step_id - 1) ->> 'status' = 'failed'
  ) THEN
    RETURN private.progress_shown(v_course);
  END IF;

  v_progress := private.record_step(
    v_course, p_step_id, p_status, p_message, p_error_message, p_error_details, p_metadata, v_previous
  );
  IF v_base.id IS NOT NULL THEN
    PERFORM private.copy_for_rewrite(v_base, v_id, v_rewrite);
  END IF;
  RETURN v_progress;
END
$$;

CREATE OR REPLACE FUNCTION private.own_lesson(p_user_id uuid, p_lesson_id uuid) RETURNS public.lessons
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT lesson.* FROM public.lessons AS lesson JOIN public.courses AS course ON course.id = lesson.course_id
  WHERE lesson.id = p_lesson_id AND course.user_id = p_user_id AND course.deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.list_reading(p_user_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('courseId', counted.id, 'read', counted.read, 'total', counted.total)), '[]')
  FROM (
    SELECT course.id, count(progress.read_at) AS read, count(lesson.id) AS total
    FROM public.courses AS course
    JOIN public.lessons AS lesson ON lesson.generation_id = private.shown_generation(course.id)
    LEFT JOIN public.lesson_progress AS progress
      ON progress.user_id = course.user_id AND progress.lineage_id = private.lineage_of(lesson)
    WHERE course.user_id = p_user_id AND course.deleted_at IS NULL
    GROUP BY course.id
  ) AS counted
$$;

CREATE OR REPLACE FUNCTION private.lock_shown_lesson(p_user_id uuid, p_lesson_id uuid) RETURNS public.lessons
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_known public.lessons;
  v_shown public.lessons;
BEGIN
  SELECT lesson.* INTO v_known FROM public.lessons AS lesson
  JOIN public.courses AS course ON course.id = lesson.course_id
  WHERE lesson.id = p_lesson_id AND course.user_id = p_user_id AND course.deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM FROM public.courses WHERE id = v_known.course_id FOR NO KEY UPDATE;
  SELECT * INTO v_shown FROM public.lessons
  WHERE generation_id = private.shown_generation(v_known.course_id) AND lineage_id = v_known.lineage_id;
  RETURN v_shown;
END
$$;

CREATE OR REPLACE FUNCTION public.share_course(p_user_id uuid, p_course_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM FROM public.courses WHERE id = p_course_id AND user_id = p_user_id AND deleted_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND OR private.shown_generation(p_course_id) IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.course_shares (course_id, token)
  VALUES (p_course_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
  ON CONFLICT (course_id) DO NOTHING;
  RETURN (SELECT token FROM public.course_shares WHERE course_id = p_course_id);
END
$$;

SELECT private.apply_privileges();
