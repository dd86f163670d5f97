-- As it was, but it also locks the generation, which `join_generation` alone does: told "it runs" in the same moment, a
-- request must not see it undone. The course is locked before, as everywhere.
CREATE OR REPLACE FUNCTION public.undo_admission(
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
  SELECT * INTO v_generation FROM public.generations WHERE id = p_generation_id FOR NO KEY UPDATE;

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
