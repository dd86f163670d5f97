-- Records one step of a course's generation and returns the new generation_progress; NULL only when there is no such
-- course. Safe to repeat, in any order, by any number of callers at once: the course row is locked first.
--
-- p_metadata.generation_id says whose call it is:
-- * the course's current generation, in flight: the step is recorded;
-- * the current one, but ended, or another one: nothing changes, the stored progress is returned (its metadata has the
--   generation_id and generation_status of the current one, by which a caller can tell);
-- * a new one, in step 1, when the current one has ended: it takes the course over. Its progress starts anew (files
--   stay), its row in generations is made. An id whose row has ended can never come back.
-- * none: the call acts on the course's current generation. A course that never had one with an id (somebody works with
--   psql) starts from the skeleton and moves all the same, without a row in generations; such a run holds no job and no
--   slot, so any generation with an id takes it over. A failed step of such a run may still be completed.
--
-- has_documents is decided once, by the step 1 that takes over: as p_metadata.has_documents says (the admission has
-- already chosen the first job by it), else by generation_progress.files.
CREATE FUNCTION public.update_course_progress(
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

  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  IF v_id IS NOT NULL AND v_id IS DISTINCT FROM v_course.generation_id THEN
    IF p_step_id <> 1 OR NOT private.may_take_over(v_course, v_id) THEN
      RETURN private.progress_shown(v_course);
    END IF;
    v_previous := private.snapshot_of(v_course);
    v_course := private.taken_over(v_course, v_id, p_metadata);
  ELSIF v_course.generation_status IS NULL THEN
    v_course.generation_progress := private.fresh_progress(v_course.generation_progress, p_metadata);
  ELSIF private.generation_ended(v_course) AND NOT (
    v_course.generation_id IS NULL AND v_course.generation_status = 'failed' AND p_status = 'completed'
    AND v_course.generation_progress -> 'steps' -> (p_step_id - 1) ->> 'status' = 'failed'
  ) THEN
    RETURN private.progress_shown(v_course);
  END IF;

  RETURN private.record_step(
    v_course, p_step_id, p_status, p_message, p_error_message, p_error_details, p_metadata, v_previous
  );
END
$$;

-- Whether the course's current generation has ended: by the course or by the generation's own row.
CREATE FUNCTION private.generation_ended(p_course public.courses) RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT private.has_ended(p_course.generation_status) OR EXISTS (
    SELECT FROM public.generations WHERE id = p_course.generation_id AND private.has_ended(status)
  )
$$;

-- Whether p_id, which is not the current generation, may become it: it is new, and the current one has ended.
CREATE FUNCTION private.may_take_over(p_course public.courses, p_id text) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = '' AS $$
  SELECT (p_course.generation_id IS NULL OR private.generation_ended(p_course))
    AND NOT EXISTS (SELECT FROM public.generations WHERE id = p_id)
$$;

CREATE FUNCTION private.fresh_progress(p_progress jsonb, p_metadata jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT private.progress_skeleton(
    private.files_of(p_progress),
    CASE
      WHEN jsonb_typeof(p_metadata -> 'has_documents') = 'boolean' THEN (p_metadata -> 'has_documents')::boolean
      ELSE jsonb_array_length(private.files_of(p_progress)) > 0
    END
  )
$$;

-- The course as generation p_id finds it; record_step writes it. A row that is still open although its generation is not
-- in flight (somebody has changed the course by hand) is closed: with the course's status if it was the current one.
CREATE FUNCTION private.taken_over(p_course public.courses, p_id text, p_metadata jsonb) RETURNS public.courses
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  UPDATE public.generations SET
    status = CASE WHEN id = p_course.generation_id THEN coalesce(p_course.generation_status, 'failed') ELSE 'failed' END,
    finished_at = clock_timestamp(),
    error = 'superseded by ' || p_id
  WHERE course_id = p_course.id AND status NOT IN ('completed', 'failed', 'cancelled');
  p_course.generation_progress := private.fresh_progress(p_course.generation_progress, p_metadata);
  p_course.generation_id := p_id;
  p_course.generation_status := 'initializing';
  p_course.generation_started_at := NULL;
  p_course.generation_completed_at := NULL;
  p_course.webhook_url := p_metadata ->> 'webhook_url';
  p_course.error_message := NULL;
  p_course.error_details := NULL;
  RETURN p_course;
END
$$;

-- The stored progress as callers see it: whole, and true about the generation.
CREATE FUNCTION private.progress_shown(p_course public.courses) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT private.with_generation(
    private.whole_progress(p_course.generation_progress), p_course.generation_id, p_course.generation_status
  )
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.update_course_progress(uuid, integer, text, text, text, jsonb, jsonb)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.update_course_progress(uuid, integer, text, text, text, jsonb, jsonb) TO service_role;
