-- What a reader has read and answered, the links by which a course can be read without an account, and the hitches of a
-- generation, for the log that its owner sees.

-- The version of a course that is shown: its last completed generation.
CREATE FUNCTION private.shown_generation(p_course_id uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT id FROM public.generations
  WHERE course_id = p_course_id AND status = 'completed' AND outlined_at IS NOT NULL
  ORDER BY finished_at DESC LIMIT 1
$$;

-- What stays the same when a lesson is written anew: its lineage where lessons have one, else the lesson itself.
CREATE FUNCTION private.lineage_of(p_lesson public.lessons) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT coalesce((to_jsonb(p_lesson) ->> 'lineage_id')::uuid, p_lesson.id)
$$;

CREATE TABLE public.lesson_progress (
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- private.lineage_of the lesson: no foreign key, so that it outlives one version of the lesson.
  lineage_id uuid NOT NULL,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  -- NULL: not read (any more).
  read_at timestamptz,
  -- Right answers of the last and of the best try at the quiz, of so many.
  quiz_last integer,
  quiz_best integer,
  quiz_total integer,
  quiz_at timestamptz,
  PRIMARY KEY (user_id, lineage_id),
  CHECK (quiz_last BETWEEN 0 AND quiz_total AND quiz_best BETWEEN quiz_last AND quiz_total)
);
ALTER TABLE public.lesson_progress ENABLE ROW LEVEL SECURITY;
CREATE INDEX lesson_progress_course_id ON public.lesson_progress (course_id);
CREATE POLICY "own reading: read" ON public.lesson_progress FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

-- The lesson, if it is of a course of the user's; else an empty row.
CREATE FUNCTION private.own_lesson(p_user_id uuid, p_lesson_id uuid) RETURNS public.lessons
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT lesson.* FROM public.lessons AS lesson JOIN public.courses AS course ON course.id = lesson.course_id
  WHERE lesson.id = p_lesson_id AND course.user_id = p_user_id
$$;

-- Notes that a user has read a lesson, or takes that back. False when it is no lesson of theirs. Safe to repeat.
CREATE FUNCTION public.set_lesson_read(p_user_id uuid, p_lesson_id uuid, p_is_read boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_lesson constant public.lessons := private.own_lesson(p_user_id, p_lesson_id);
BEGIN
  IF v_lesson.id IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO public.lesson_progress AS known (user_id, lineage_id, course_id, read_at)
  VALUES (p_user_id, private.lineage_of(v_lesson), v_lesson.course_id, CASE WHEN p_is_read THEN clock_timestamp() END)
  ON CONFLICT (user_id, lineage_id) DO UPDATE
    SET read_at = CASE WHEN p_is_read THEN coalesce(known.read_at, excluded.read_at) END;
  RETURN true;
END
$$;

-- Notes a try at a lesson's quiz: {last, best, total}. The best of tries at as many questions is kept; other questions
-- begin anew. NULL when it is no lesson of theirs.
CREATE FUNCTION public.record_quiz_result(
  p_user_id uuid, p_lesson_id uuid, p_right integer, p_total integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_lesson constant public.lessons := private.own_lesson(p_user_id, p_lesson_id);
  v_row public.lesson_progress;
BEGIN
  IF v_lesson.id IS NULL THEN
    RETURN NULL;
  END IF;
  IF NOT coalesce(p_right BETWEEN 0 AND p_total AND p_total BETWEEN 1 AND 1000, false) THEN
    RAISE EXCEPTION 'not a result of a quiz: % of %', p_right, p_total USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO public.lesson_progress AS known (user_id, lineage_id, course_id, quiz_last, quiz_best, quiz_total, quiz_at)
  VALUES (p_user_id, private.lineage_of(v_lesson), v_lesson.course_id, p_right, p_right, p_total, clock_timestamp())
  ON CONFLICT (user_id, lineage_id) DO UPDATE SET
    quiz_last = p_right,
    quiz_best = CASE WHEN known.quiz_total = p_total THEN greatest(known.quiz_best, p_right) ELSE p_right END,
    quiz_total = p_total,
    quiz_at = excluded.quiz_at
  RETURNING * INTO v_row;
  RETURN jsonb_build_object('last', v_row.quiz_last, 'best', v_row.quiz_best, 'total', v_row.quiz_total);
END
$$;

-- How much of the shown version of each of a user's courses they have read: [{courseId, read, total}].
CREATE FUNCTION public.list_reading(p_user_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('courseId', counted.id, 'read', counted.read, 'total', counted.total)), '[]')
  FROM (
    SELECT course.id, count(progress.read_at) AS read, count(lesson.id) AS total
    FROM public.courses AS course
    JOIN public.lessons AS lesson ON lesson.generation_id = private.shown_generation(course.id)
    LEFT JOIN public.lesson_progress AS progress
      ON progress.user_id = course.user_id AND progress.lineage_id = private.lineage_of(lesson)
    WHERE course.user_id = p_user_id
    GROUP BY course.id
  ) AS counted
$$;

-- What a user has done with the lessons of the shown version of a course, in order:
-- [{position, readAt, last, best, total}], only of lessons that they have done something with.
CREATE FUNCTION public.load_reading(p_user_id uuid, p_course_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'position', lesson.position, 'readAt', progress.read_at,
    'last', progress.quiz_last, 'best', progress.quiz_best, 'total', progress.quiz_total
  ) ORDER BY lesson.position), '[]')
  FROM public.lessons AS lesson
  JOIN public.lesson_progress AS progress
    ON progress.user_id = p_user_id AND progress.lineage_id = private.lineage_of(lesson)
  WHERE lesson.generation_id = private.shown_generation(p_course_id)
$$;

-- The link by which anybody may read a course; at most one a course. The token is kept as it is, so that its owner can
-- copy it again: whoever could read it here could read the course beside it. 244 random bits.
CREATE TABLE public.course_shares (
  course_id uuid PRIMARY KEY REFERENCES public.courses (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE CHECK (char_length(token) = 64),
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.course_shares ENABLE ROW LEVEL SECURITY;
CREATE POLICY "links to own courses: read" ON public.course_shares FOR SELECT TO authenticated
  USING (course_id IN (SELECT id FROM public.courses WHERE user_id = (SELECT auth.uid())));

-- Makes a link to a user's course: its token, the old one where there is a link. NULL when it is not theirs, or has
-- nothing to read.
CREATE FUNCTION public.share_course(p_user_id uuid, p_course_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM FROM public.courses WHERE id = p_course_id AND user_id = p_user_id FOR NO KEY UPDATE;
  IF NOT FOUND OR private.shown_generation(p_course_id) IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.course_shares (course_id, token)
  VALUES (p_course_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
  ON CONFLICT (course_id) DO NOTHING;
  RETURN (SELECT token FROM public.course_shares WHERE course_id = p_course_id);
END
$$;

-- Withdraws the link to a user's course for ever: a later link is another one. False when there was none.
CREATE FUNCTION public.withdraw_share(p_user_id uuid, p_course_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  DELETE FROM public.course_shares AS share USING public.courses AS course
  WHERE share.course_id = p_course_id AND course.id = share.course_id AND course.user_id = p_user_id;
  RETURN FOUND;
END
$$;

-- A hitch that a generation got over: an attempt that is tried again, a wait for a server, an attempt past its deadline.
CREATE TABLE public.generation_incidents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('retry', 'outage', 'model_outage', 'timeout')),
  stage text NOT NULL,
  attempt integer NOT NULL CHECK (attempt >= 1),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE public.generation_incidents ENABLE ROW LEVEL SECURITY;
CREATE INDEX generation_incidents_generation_id ON public.generation_incidents (generation_id);
CREATE POLICY "own incidents: read" ON public.generation_incidents FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.generations WHERE id = generation_id AND user_id = (SELECT auth.uid())
  ));

-- How many incidents of a generation are kept: an outage of hours adds one with every try.
CREATE FUNCTION private.incidents_max() RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT 200 $$;

-- Notes an incident. False when the generation is gone, or has its fill of them.
CREATE FUNCTION public.record_incident(p_generation_id text, p_kind text, p_stage text, p_attempt integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.generation_incidents (generation_id, kind, stage, attempt)
  SELECT id, p_kind, p_stage, p_attempt FROM public.generations
  WHERE id = p_generation_id AND (
    SELECT count(*) FROM public.generation_incidents WHERE generation_id = p_generation_id
  ) < private.incidents_max();
  RETURN FOUND;
END
$$;

-- What has happened in a course's current generation, beside its steps: {startedAt, lessons: [{position, title, status,
-- completedAt}], incidents: [{kind, stage, attempt, at}], recoveries: [time]}. NULL when there is none.
CREATE FUNCTION public.load_activity(p_course_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'startedAt', generation.started_at,
    'lessons', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'position', position, 'title', title, 'status', status, 'completedAt', completed_at
      ) ORDER BY position), '[]')
      FROM public.lessons WHERE generation_id = generation.id
    ),
    'incidents', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'kind', kind, 'stage', stage, 'attempt', attempt, 'at', created_at
      ) ORDER BY id), '[]')
      FROM public.generation_incidents WHERE generation_id = generation.id
    ),
    'recoveries', (
      SELECT coalesce(jsonb_agg("timestamp" ORDER BY "timestamp"), '[]') FROM public.system_metrics
      WHERE course_id = p_course_id AND event_type = 'orphaned_job_recovery' AND "timestamp" >= generation.started_at
    )
  )
  FROM public.courses AS course JOIN public.generations AS generation ON generation.id = course.generation_id
  WHERE course.id = p_course_id
$$;

-- How long generations take, in seconds, by the last twenty that were completed: {samples, beforeLessons, perLesson},
-- medians. NULL without any.
CREATE FUNCTION public.load_generation_pace() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'samples', count(*),
    'beforeLessons', percentile_cont(0.5) WITHIN GROUP (ORDER BY before_lessons),
    'perLesson', percentile_cont(0.5) WITHIN GROUP (ORDER BY writing / lessons)
  )
  FROM (
    SELECT extract(epoch FROM recent.outlined_at - recent.started_at) AS before_lessons,
      extract(epoch FROM recent.finished_at - recent.outlined_at) AS writing,
      (SELECT count(*) FROM public.lessons WHERE generation_id = recent.id)::numeric AS lessons
    FROM (
      SELECT id, started_at, outlined_at, finished_at FROM public.generations
      WHERE status = 'completed' AND outlined_at IS NOT NULL
      ORDER BY finished_at DESC LIMIT 20
    ) AS recent
  ) AS pace
  WHERE lessons > 0
  HAVING count(*) > 0
$$;
CREATE INDEX generations_completed_latest ON public.generations (finished_at DESC) WHERE status = 'completed';

CREATE OR REPLACE FUNCTION private.apply_privileges() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  c_brief constant text := 'title, course_description, target_audience, prerequisites, learning_outcomes, language, '
    'style, difficulty, content_strategy, estimated_sections, estimated_lessons, lesson_duration_minutes, output_formats';
  v_table regclass;
BEGIN
  FOR v_table IN
    SELECT oid FROM pg_catalog.pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  LOOP
    EXECUTE format(
      'REVOKE ALL ON %s %s FROM PUBLIC, anon, authenticated',
      CASE WHEN (SELECT relkind FROM pg_catalog.pg_class WHERE oid = v_table) = 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
      v_table
    );
  END LOOP;
  GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO service_role;

  GRANT SELECT ON public.tier_policies, public.user_profiles, public.courses, public.course_documents,
    public.document_chunks, public.generations, public.sections, public.lessons, public.quiz_questions,
    public.citations, public.system_metrics, public.model_usage, public.generation_usage, public.lesson_progress, public.course_shares,
    public.generation_incidents TO authenticated;
  GRANT UPDATE (locale, display_name) ON public.user_profiles TO authenticated;
  EXECUTE format('GRANT INSERT (user_id, slug, %s), UPDATE (%1$s), DELETE ON public.courses TO authenticated', c_brief);
  GRANT INSERT (course_id, name, size_bytes, type, path), DELETE ON public.course_documents TO authenticated;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.set_lesson_read(uuid, uuid, boolean),
  public.record_quiz_result(uuid, uuid, integer, integer), public.list_reading(uuid), public.load_reading(uuid, uuid),
  public.share_course(uuid, uuid), public.withdraw_share(uuid, uuid),
  public.record_incident(text, text, text, integer), public.load_activity(uuid), public.load_generation_pace()
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.set_lesson_read(uuid, uuid, boolean),
  public.record_quiz_result(uuid, uuid, integer, integer), public.list_reading(uuid), public.load_reading(uuid, uuid),
  public.share_course(uuid, uuid), public.withdraw_share(uuid, uuid),
  public.record_incident(text, text, text, integer), public.load_activity(uuid), public.load_generation_pace()
  TO service_role;
SELECT private.apply_privileges();
