-- Deleted courses. A course in the trash is as good as gone for everything but the trash itself: its owner's client and
-- the functions below do not see it. It comes back as it was until purge_at; then the worker removes it for good, its
-- files first. Nothing is in flight in the trash: putting a course there ends its generation in the same transaction, and
-- update_course_progress lets no generation take a deleted course over.
ALTER TABLE public.courses
  ADD COLUMN deleted_at timestamptz,
  -- From then on it does not come back.
  ADD COLUMN purge_at timestamptz,
  ADD CONSTRAINT courses_trash CHECK ((deleted_at IS NULL) = (purge_at IS NULL));
CREATE INDEX courses_purge_at ON public.courses (purge_at) WHERE purge_at IS NOT NULL;
CREATE INDEX courses_trash_by_user ON public.courses (user_id, deleted_at DESC) WHERE deleted_at IS NOT NULL;

-- A course that comes back has not changed meanwhile.
DROP TRIGGER touch_updated_at ON public.courses;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.courses
  FOR EACH ROW WHEN (OLD.deleted_at IS NOT DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION private.touch_updated_at();

-- How long a deleted course can be restored. TRASH_DAYS in packages/domain.
CREATE FUNCTION private.trash_days() RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT 30 $$;

-- What hangs on these by a subquery (sections, lessons, passages, links, files; quizzes, citations, usage) goes with them.
ALTER POLICY "own courses: read" ON public.courses
  USING (user_id = (SELECT auth.uid()) AND deleted_at IS NULL);
ALTER POLICY "own courses: change" ON public.courses
  USING (user_id = (SELECT auth.uid()) AND deleted_at IS NULL) WITH CHECK (user_id = (SELECT auth.uid()));
ALTER POLICY "own courses: delete" ON public.courses
  USING (user_id = (SELECT auth.uid()) AND deleted_at IS NULL);
ALTER POLICY "own generations: read" ON public.generations
  USING (user_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM public.courses WHERE id = course_id));
ALTER POLICY "own documents: read" ON public.course_documents
  USING (user_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM public.courses WHERE id = course_id));
ALTER POLICY "own documents: add" ON public.course_documents
  WITH CHECK (user_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM public.courses WHERE id = course_id));
ALTER POLICY "own documents: delete" ON public.course_documents
  USING (user_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM public.courses WHERE id = course_id));

-- Puts a user's course into the trash: {outcome: 'trashed', cancelled: id of the generation that was ended for it or NULL},
-- or, where p_cancel is false and a generation is in flight, {outcome: 'in_flight', generationId} and nothing is changed.
-- NULL when it is no course of theirs. Safe to repeat: the first time counts.
CREATE FUNCTION public.trash_course(p_user_id uuid, p_course_id uuid, p_cancel boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses;
  v_ended boolean;
  v_now timestamptz;
BEGIN
  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id AND user_id = p_user_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  v_now := clock_timestamp();
  v_ended := private.generation_ended(v_course);
  IF v_course.deleted_at IS NULL THEN
    IF NOT v_ended AND p_cancel IS NOT TRUE THEN
      RETURN jsonb_build_object('outcome', 'in_flight', 'generationId', v_course.generation_id);
    ELSIF NOT v_ended THEN
      PERFORM public.cancel_generation(p_course_id, v_course.generation_id);
    END IF;
    UPDATE public.courses SET deleted_at = v_now, purge_at = v_now + make_interval(days => private.trash_days())
    WHERE id = p_course_id;
  END IF;
  RETURN jsonb_build_object('outcome', 'trashed', 'cancelled', CASE WHEN NOT v_ended THEN v_course.generation_id END);
END
$$;

-- Takes a user's course out of the trash. False when it is not there (any more). Safe to repeat.
CREATE FUNCTION public.restore_course(p_user_id uuid, p_course_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses;
BEGIN
  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id AND user_id = p_user_id FOR NO KEY UPDATE;
  -- The clock is read after the lock: whoever purges has skipped this row, or has it and its time is over.
  IF NOT FOUND OR v_course.purge_at <= clock_timestamp() THEN
    RETURN false;
  END IF;
  UPDATE public.courses SET deleted_at = NULL, purge_at = NULL WHERE id = p_course_id AND deleted_at IS NOT NULL;
  RETURN true;
END
$$;

-- Ends the time in which a user's deleted course can be restored. False when it is not in the trash. Safe to repeat.
CREATE FUNCTION public.erase_course(p_user_id uuid, p_course_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.courses SET purge_at = least(purge_at, clock_timestamp())
  WHERE id = p_course_id AND user_id = p_user_id AND deleted_at IS NOT NULL;
  RETURN FOUND;
END
$$;

-- A page of a user's courses that can be restored, last deleted first: {total, courses: [{id, title, deletedAt, purgeAt}]}.
CREATE FUNCTION public.list_trash(p_user_id uuid, p_offset integer, p_limit integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'total', (SELECT count(*) FROM public.courses WHERE user_id = p_user_id AND purge_at > now()),
    'courses', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', page.id, 'title', page.title, 'deletedAt', page.deleted_at, 'purgeAt', page.purge_at
      ) ORDER BY page.deleted_at DESC, page.id), '[]')
      FROM (
        SELECT id, title, deleted_at, purge_at FROM public.courses
        WHERE user_id = p_user_id AND purge_at > now()
        ORDER BY deleted_at DESC, id OFFSET greatest(p_offset, 0) LIMIT least(greatest(p_limit, 1), 100)
      ) AS page
    )
  )
$$;

-- The ids of up to p_limit courses that are to be removed for good, any of them: one that can't be removed now does not
-- keep the others waiting.
CREATE FUNCTION public.list_purgeable(p_limit integer) RETURNS jsonb
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(due.id), '[]') FROM (
    SELECT id FROM public.courses WHERE purge_at <= clock_timestamp()
    ORDER BY random() LIMIT least(greatest(p_limit, 1), 100) FOR UPDATE SKIP LOCKED
  ) AS due
$$;

REVOKE ALL ON FUNCTION private.trash_days() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.trash_course(uuid, uuid, boolean), public.restore_course(uuid, uuid),
  public.erase_course(uuid, uuid), public.list_trash(uuid, integer, integer), public.list_purgeable(integer)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.trash_course(uuid, uuid, boolean), public.restore_course(uuid, uuid),
  public.erase_course(uuid, uuid), public.list_trash(uuid, integer, integer), public.list_purgeable(integer)
  TO service_role;
