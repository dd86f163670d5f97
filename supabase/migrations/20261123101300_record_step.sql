-- Writes one step into the course and its generation. The caller holds the course row's lock and has decided that the
-- call counts. With p_previous (the course's state before) the generation is new and its row is made here: the course
-- is written first, so that the webhook outbox sees the progress of this very change.
CREATE FUNCTION private.record_step(
  p_course public.courses, p_step_id integer, p_status text, p_message text, p_error_message text,
  p_error_details jsonb, p_metadata jsonb, p_previous jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_now constant timestamptz := clock_timestamp();
  v_old constant jsonb := private.whole_progress(p_course.generation_progress);
  v_new jsonb;
  v_completed integer;
  v_done integer;
  v_total integer;
  v_step_before text := v_old -> 'steps' -> (p_step_id - 1) ->> 'status';
  v_step_after text;
  v_status public.generation_status := p_course.generation_status;
  v_error text := p_course.error_message;
  v_error_details jsonb := p_course.error_details;
BEGIN
  -- Lessons: from their rows; before there are any, from what the caller says.
  SELECT count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status <> 'pending'), count(*)
  INTO v_completed, v_done, v_total
  FROM public.lessons WHERE generation_id = p_course.generation_id;
  IF v_total = 0 THEN
    v_completed := private.count_in(p_metadata -> 'lessons_completed', (v_old ->> 'lessons_completed')::integer);
    v_total := private.count_in(p_metadata -> 'lessons_total', (v_old ->> 'lessons_total')::integer);
    v_done := v_completed;
  ELSIF p_status = 'completed' AND p_step_id IN (4, 5) AND (v_done < v_total OR v_completed = 0) THEN
    RAISE EXCEPTION 'lessons: % of % have ended, % are completed', v_done, v_total, v_completed
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;

  v_new := private.advance_progress(
    v_old, p_step_id, p_status, p_message, p_error_message, p_error_details, p_metadata,
    v_done, v_completed, v_total, v_now
  );
  v_step_after := v_new -> 'steps' -> (p_step_id - 1) ->> 'status';

  IF v_step_after = 'failed' AND v_step_before <> 'failed' THEN
    v_status := 'failed';
    v_error := coalesce(p_error_message, p_message);
    v_error_details := p_error_details;
  ELSIF p_step_id = 5 AND v_step_after = 'completed' THEN
    v_status := 'completed';
    v_new := v_new || jsonb_build_object('steps', private.complete_steps(v_new -> 'steps', v_now));
  ELSIF v_step_after <> 'failed' THEN
    v_status := private.status_of_step((v_new ->> 'current_step')::integer, (v_new ->> 'has_documents')::boolean);
  END IF;
  IF v_status <> 'failed' THEN
    v_error := NULL;
    v_error_details := NULL;
  END IF;
  v_new := private.with_generation(v_new, p_course.generation_id, v_status);

  UPDATE public.courses SET
    generation_id = p_course.generation_id,
    generation_status = v_status,
    generation_progress = v_new,
    generation_started_at = coalesce(p_course.generation_started_at, v_now),
    generation_completed_at = CASE WHEN private.has_ended(v_status) THEN coalesce(p_course.generation_completed_at, v_now) END,
    last_progress_update = v_now,
    webhook_url = p_course.webhook_url,
    error_message = v_error,
    error_details = v_error_details
  WHERE id = p_course.id;

  IF p_previous IS NOT NULL THEN
    INSERT INTO public.generations (
      id, course_id, user_id, tier, weight, request_id, webhook_url, brief, has_documents, previous,
      created_at, started_at
    )
    SELECT
      p_course.generation_id, p_course.id, p_course.user_id, policy.tier,
      private.count_in(p_metadata -> 'weight', policy.weight),
      p_metadata ->> 'request_id', p_course.webhook_url, private.brief_of(p_course),
      (v_new ->> 'has_documents')::boolean, p_previous, v_now, v_now
    FROM public.tier_policies AS policy
    WHERE policy.tier = private.tier_of(p_course.user_id, p_metadata ->> 'tier');
  END IF;

  UPDATE public.generations SET
    status = v_status,
    finished_at = CASE WHEN private.has_ended(v_status) THEN coalesce(finished_at, v_now) END,
    last_progress_at = v_now,
    model = coalesce(p_metadata ->> 'model', model),
    error = v_error,
    error_details = v_error_details
  WHERE id = p_course.generation_id;
  RETURN v_new;
END
$$;

-- Progress that names in its metadata the course's current generation and how far that is: by these a caller sees
-- whether its own generation is still the current one, and in flight.
CREATE FUNCTION private.with_generation(p_progress jsonb, p_id text, p_status public.generation_status) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_set(p_progress, '{metadata}', (p_progress -> 'metadata') || jsonb_strip_nulls(
    jsonb_build_object('generation_id', p_id, 'generation_status', p_status)
  ))
$$;

-- A whole number of 0 to 1,000,000 from JSON, else the default.
CREATE FUNCTION private.count_in(p_value jsonb, p_default integer) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE
    WHEN jsonb_typeof(p_value) = 'number' AND p_value::numeric BETWEEN 0 AND 1000000 THEN floor(p_value::numeric)::integer
    ELSE p_default
  END
$$;

-- The brief as packages/domain's briefSchema has it.
CREATE FUNCTION private.brief_of(p_course public.courses) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'title', p_course.title,
    'course_description', p_course.course_description,
    'target_audience', p_course.target_audience,
    'prerequisites', p_course.prerequisites,
    'learning_outcomes', p_course.learning_outcomes,
    'language', p_course.language,
    'style', p_course.style,
    'difficulty', p_course.difficulty,
    'content_strategy', p_course.content_strategy,
    'estimated_sections', p_course.estimated_sections,
    'estimated_lessons', p_course.estimated_lessons,
    'lesson_duration_minutes', p_course.lesson_duration_minutes,
    'output_formats', p_course.output_formats
  )
$$;

-- The tier a run was admitted with where it is one, else the user's; FREE where there is no profile.
CREATE FUNCTION private.tier_of(p_user_id uuid, p_claimed text DEFAULT NULL) RETURNS public.tier
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(
    (SELECT tier FROM public.tier_policies WHERE tier::text = p_claimed),
    (SELECT tier FROM public.user_profiles WHERE id = p_user_id),
    'FREE'
  )
$$;

-- What undo_admission puts back.
CREATE FUNCTION private.snapshot_of(p_course public.courses) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'generation_id', p_course.generation_id,
    'generation_status', p_course.generation_status,
    'generation_progress', p_course.generation_progress,
    'generation_started_at', p_course.generation_started_at,
    'generation_completed_at', p_course.generation_completed_at,
    'last_progress_update', p_course.last_progress_update,
    'webhook_url', p_course.webhook_url,
    'error_message', p_course.error_message,
    'error_details', p_course.error_details
  )
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
