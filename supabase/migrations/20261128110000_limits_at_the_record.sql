-- The record of step 1 has the last word on limits. Slots in Redis are reserved before it, and Redis may lose them in between
-- (emptied, or restarted without its last second): then others get their places, and whoever had reserved before would be
-- recorded all the same. So what is in flight is counted here once more, one admission after the other.

-- Somebody was told that it runs: it must not be undone any more.
ALTER TABLE public.generations ADD COLUMN joined_at timestamptz;

-- For a second request for the course, before it is answered with this generation. False: it has ended.
CREATE FUNCTION public.join_generation(p_generation_id text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.generations SET joined_at = clock_timestamp()
  WHERE id = p_generation_id AND status NOT IN ('completed', 'failed', 'cancelled');
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION public.join_generation(text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.join_generation(text) TO service_role;

-- Whether one more generation of this user fits into the limits {user, global}; NULL: whoever asks has none. An admin's
-- global limit goes before. The course's own generation makes room for its successor.
CREATE FUNCTION private.has_room(p_user_id uuid, p_course_id uuid, p_limits jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_user integer;
  v_global integer;
BEGIN
  IF p_limits IS NULL THEN
    RETURN true;
  END IF;
  -- Held until the record is committed, and then seen by the next one's count. Nobody may hold it and fall silent.
  PERFORM set_config('lock_timeout', '3s', true), set_config('idle_in_transaction_session_timeout', '5s', true);
  PERFORM pg_advisory_xact_lock(hashtext('megacampus admissions'));
  SELECT count(*) FILTER (WHERE user_id = p_user_id), count(*) INTO v_user, v_global
  FROM public.generations
  WHERE status NOT IN ('completed', 'failed', 'cancelled') AND course_id <> p_course_id;
  -- A missing number must not come to mean "no limit".
  RETURN coalesce(v_user < (p_limits -> 'user')::integer AND v_global < coalesce(
    (SELECT value FROM public.settings WHERE key = 'global_concurrency_limit'), p_limits -> 'global'
  )::integer, false);
END
$$;
REVOKE ALL ON FUNCTION private.has_room(uuid, uuid, jsonb) FROM PUBLIC, anon, authenticated;

-- As it was, with the limits {user, global} in p_metadata: without room for one more nothing changes, and the answer names
-- another generation than the caller's, or none.
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
  v_limits jsonb;
  v_shown jsonb;
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
  v_limits := nullif(p_metadata -> 'limits', 'null');
  p_metadata := p_metadata - 'rewrite' - 'limits';

  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id AND deleted_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  IF v_id IS NOT NULL AND v_id IS DISTINCT FROM v_course.generation_id THEN
    v_shown := private.progress_shown(v_course);
    IF p_step_id <> 1 OR NOT private.may_take_over(v_course, v_id) THEN
      RETURN v_shown;
    END IF;
    v_previous := private.snapshot_of(v_course);
    IF v_rewrite IS NOT NULL THEN
      v_base := private.base_of_rewrite(p_course_id, v_rewrite);
      p_metadata := p_metadata || jsonb_build_object('has_documents', v_base.has_documents);
    END IF;
    -- The count comes last, so that others wait for the commit alone; without room all of it is taken back.
    BEGIN
      v_course := private.taken_over(v_course, v_id, p_metadata);
      v_progress := private.record_step(
        v_course, p_step_id, p_status, p_message, p_error_message, p_error_details, p_metadata, v_previous
      );
      IF v_base.id IS NOT NULL THEN
        PERFORM private.copy_for_rewrite(v_base, v_id, v_rewrite);
      END IF;
      IF NOT private.has_room(v_course.user_id, p_course_id, v_limits) THEN
        RAISE EXCEPTION 'the limits leave no room' USING ERRCODE = 'MC001';
      END IF;
    EXCEPTION WHEN SQLSTATE 'MC001' THEN
      RETURN v_shown;
    END;
    RETURN v_progress;
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

-- As it was, but not once somebody was told that it runs; p_unless_recorded: only where step 1 has not been recorded.
-- {undone: false}: nothing was changed; it runs, or has ended otherwise.
DROP FUNCTION public.undo_admission(uuid, uuid, text, text);
CREATE FUNCTION public.undo_admission(
  p_course_id uuid, p_user_id uuid, p_generation_id text, p_reason text, p_unless_recorded boolean DEFAULT false
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses;
  v_generation public.generations;
  v_now timestamptz;
BEGIN
  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('undone', true);
  END IF;
  v_now := clock_timestamp();
  SELECT * INTO v_generation FROM public.generations WHERE id = p_generation_id;

  IF NOT FOUND THEN
    INSERT INTO public.generations (
      id, course_id, user_id, tier, weight, status, brief, finished_at, undone_at, error
    )
    SELECT p_generation_id, v_course.id, v_course.user_id, tier, weight, 'failed', private.brief_of(v_course), v_now,
      v_now, p_reason
    FROM public.tier_policies WHERE tier = private.tier_of(v_course.user_id);
    RETURN jsonb_build_object('undone', true);
  END IF;

  IF v_generation.course_id <> p_course_id OR v_generation.status <> 'initializing'
    OR v_course.generation_id IS DISTINCT FROM p_generation_id OR p_unless_recorded OR v_generation.joined_at IS NOT NULL
  THEN
    RETURN jsonb_build_object('undone', v_generation.undone_at IS NOT NULL AND v_generation.course_id = p_course_id);
  END IF;

  UPDATE public.generations
  SET status = 'failed', finished_at = v_now, undone_at = v_now, error = p_reason
  WHERE id = p_generation_id;
  DELETE FROM public.webhook_deliveries WHERE generation_id = p_generation_id AND attempts = 0;
  UPDATE public.courses AS course SET
    generation_id = before.generation_id,
    generation_status = before.generation_status,
    -- Documents may have come or gone since.
    generation_progress = CASE
      WHEN before.generation_status IS NULL AND before.generation_progress IS NULL
        AND private.files_of(v_course.generation_progress) = '[]' THEN NULL
      ELSE private.whole_progress(before.generation_progress)
        || jsonb_build_object('files', private.files_of(v_course.generation_progress))
    END,
    generation_started_at = before.generation_started_at,
    generation_completed_at = before.generation_completed_at,
    last_progress_update = before.last_progress_update,
    webhook_url = before.webhook_url,
    error_message = before.error_message,
    error_details = before.error_details
  FROM jsonb_populate_record(NULL::public.courses, v_generation.previous) AS before
  WHERE course.id = p_course_id;
  RETURN jsonb_build_object('undone', true);
END
$$;
REVOKE ALL ON FUNCTION public.undo_admission(uuid, uuid, text, text, boolean) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.undo_admission(uuid, uuid, text, text, boolean) TO service_role;
