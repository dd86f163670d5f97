-- All that an admission needs, in one read; NULL when there is no such course. The counts use the partial index on
-- generations in flight, so the cost does not grow with the tables.
CREATE FUNCTION public.load_admission(p_course_id uuid) RETURNS jsonb
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
  FROM public.courses AS course WHERE course.id = p_course_id
$$;

-- Takes an admission back: {undone}. True when no trace of the generation is in flight afterwards. A generation whose
-- step 1 is recorded and that no worker has moved on is marked failed and the course gets back the state it had before;
-- one whose step 1 has not arrived gets a row that has ended, so that a step 1 that was only late changes nothing.
CREATE FUNCTION public.undo_admission(p_course_id uuid, p_user_id uuid, p_generation_id text, p_reason text)
RETURNS jsonb
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
    OR v_course.generation_id IS DISTINCT FROM p_generation_id
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

-- Ends the course's generation at its user's wish: {outcome, status}, NULL when there is no such course. 'stale': the
-- generation is not the course's current one; 'ended': it had ended before. Steps stay as they are.
CREATE FUNCTION public.cancel_generation(p_course_id uuid, p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses;
  v_now timestamptz;
BEGIN
  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  v_now := clock_timestamp();
  IF v_course.generation_id IS DISTINCT FROM p_generation_id THEN
    RETURN jsonb_build_object('outcome', 'stale', 'status', v_course.generation_status);
  END IF;
  IF private.generation_ended(v_course) THEN
    RETURN jsonb_build_object('outcome', 'ended', 'status', v_course.generation_status);
  END IF;
  UPDATE public.courses SET
    generation_status = 'cancelled',
    generation_completed_at = v_now,
    last_progress_update = v_now,
    generation_progress = private.with_generation(
      private.whole_progress(v_course.generation_progress) || jsonb_build_object('message', 'Генерация отменена'),
      v_course.generation_id, 'cancelled'
    )
  WHERE id = p_course_id;
  UPDATE public.generations SET status = 'cancelled', finished_at = v_now, last_progress_at = v_now
  WHERE id = p_generation_id;
  RETURN jsonb_build_object('outcome', 'cancelled', 'status', 'cancelled');
END
$$;

REVOKE ALL ON FUNCTION public.load_admission(uuid), public.undo_admission(uuid, uuid, text, text),
  public.cancel_generation(uuid, text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.load_admission(uuid), public.undo_admission(uuid, uuid, text, text),
  public.cancel_generation(uuid, text) TO service_role;
