-- A rewriting: a generation that copies the version of a course that is shown, but for one lesson, which is written anew.
-- It is admitted, carried out, cancelled and undone like any other; until it is completed the course shows its base.

-- The version that a rewriting ({lesson_id, instruction}) begins with. Raises unless the lesson is one of it.
CREATE FUNCTION private.base_of_rewrite(p_course_id uuid, p_rewrite jsonb) RETURNS public.generations
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
  v_base public.generations;
BEGIN
  SELECT generation.* INTO v_base
  FROM public.generations AS generation JOIN public.lessons AS lesson ON lesson.generation_id = generation.id
  WHERE generation.id = private.shown_generation(p_course_id) AND lesson.id = (p_rewrite ->> 'lesson_id')::uuid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'lesson % is not of the version of the course that is shown', p_rewrite ->> 'lesson_id'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN v_base;
END
$$;

-- Fills a new generation with a copy of its base, in which the lesson to be written anew is pending. Its brief is the
-- base's, by which outline and neighbours were made.
CREATE FUNCTION private.copy_for_rewrite(p_base public.generations, p_id text, p_rewrite jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_lineage uuid;
BEGIN
  SELECT lineage_id INTO STRICT v_lineage FROM public.lessons WHERE id = (p_rewrite ->> 'lesson_id')::uuid;
  UPDATE public.generations SET
    base_generation_id = p_base.id,
    rewritten_lineage_id = v_lineage,
    instruction = coalesce(p_rewrite ->> 'instruction', ''),
    brief = p_base.brief,
    documents_report = p_base.documents_report,
    analysis = p_base.analysis,
    outlined_at = clock_timestamp(),
    overview = p_base.overview,
    glossary = p_base.glossary
  WHERE id = p_id;

  INSERT INTO public.sections (generation_id, course_id, position, title, summary)
  SELECT p_id, course_id, position, title, summary FROM public.sections WHERE generation_id = p_base.id;

  INSERT INTO public.lessons (
    generation_id, course_id, section_id, position, title, objectives, key_topics, chunk_ids, duration_minutes,
    lineage_id, version, origin, instruction, edited_at, status, content, key_points, notice, error, completed_at
  )
  SELECT p_id, lesson.course_id, section.id, lesson.position, lesson.title, lesson.objectives, lesson.key_topics,
    lesson.chunk_ids, lesson.duration_minutes, lesson.lineage_id, lesson.version, lesson.origin, lesson.instruction,
    lesson.edited_at, lesson.status, lesson.content, lesson.key_points, lesson.notice, lesson.error, lesson.completed_at
  FROM public.lessons AS lesson
  JOIN public.sections AS old_section ON old_section.id = lesson.section_id
  JOIN public.sections AS section ON section.generation_id = p_id AND section.position = old_section.position
  WHERE lesson.generation_id = p_base.id;
  UPDATE public.lessons SET
    status = 'pending', content = NULL, key_points = '{}', notice = NULL, error = NULL, completed_at = NULL,
    version = version + 1, origin = 'generated', instruction = nullif(p_rewrite ->> 'instruction', ''), edited_at = NULL
  WHERE generation_id = p_id AND lineage_id = v_lineage;

  INSERT INTO public.quiz_questions (generation_id, lesson_id, position, kind, prompt, options, answer, explanation)
  SELECT p_id, lesson.id, question.position, question.kind, question.prompt, question.options, question.answer,
    question.explanation
  FROM public.quiz_questions AS question
  JOIN public.lessons AS old_lesson ON old_lesson.id = question.lesson_id
  JOIN public.lessons AS lesson ON lesson.generation_id = p_id AND lesson.lineage_id = old_lesson.lineage_id
  WHERE question.generation_id = p_base.id AND old_lesson.lineage_id <> v_lineage;

  INSERT INTO public.citations (
    generation_id, lesson_id, position, document_id, chunk_id, document_name, heading_path, page, quote
  )
  SELECT p_id, lesson.id, citation.position, citation.document_id, citation.chunk_id, citation.document_name,
    citation.heading_path, citation.page, citation.quote
  FROM public.citations AS citation
  JOIN public.lessons AS old_lesson ON old_lesson.id = citation.lesson_id
  JOIN public.lessons AS lesson ON lesson.generation_id = p_id AND lesson.lineage_id = old_lesson.lineage_id
  WHERE citation.generation_id = p_base.id AND old_lesson.lineage_id <> v_lineage;
END
$$;

-- What undo_admission takes back leaves no copy behind. Lessons, quizzes and citations go with their sections.
CREATE FUNCTION private.drop_undone_copy() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  DELETE FROM public.sections WHERE generation_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER drop_undone_copy AFTER UPDATE OF undone_at ON public.generations
  FOR EACH ROW WHEN (OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL) EXECUTE FUNCTION private.drop_undone_copy();

-- As described in 20261123101400; besides, p_metadata.rewrite ({lesson_id, instruction}) makes a new generation a
-- rewriting: in the same transaction it gets its copy. Raises invalid_parameter_value, and changes nothing, when the
-- lesson is not of the version that the course shows. A repeat copies nothing.
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

  SELECT * INTO v_course FROM public.courses WHERE id = p_course_id FOR NO KEY UPDATE;
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

-- With what a rewriting is to do: {lesson_id (of the base), instruction}; NULL for a generation of the whole course.
CREATE OR REPLACE FUNCTION private.generation_state(p_generation public.generations) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'id', p_generation.id,
    'course_id', p_generation.course_id,
    'user_id', p_generation.user_id,
    'organization_id', coalesce(course.organization_id, p_generation.user_id),
    'tier', p_generation.tier,
    'weight', p_generation.weight,
    'status', p_generation.status,
    'request_id', coalesce(p_generation.request_id, p_generation.id),
    'webhook_url', p_generation.webhook_url,
    'created_at', private.iso(p_generation.created_at),
    'last_progress_at', private.iso(p_generation.last_progress_at),
    'has_documents', p_generation.has_documents,
    'documents_ready', p_generation.documents_report IS NOT NULL,
    'analysis_ready', p_generation.analysis IS NOT NULL,
    'outline_ready', p_generation.outlined_at IS NOT NULL,
    'summary_ready', p_generation.overview IS NOT NULL,
    'current', course.generation_id IS NOT DISTINCT FROM p_generation.id,
    'brief', p_generation.brief,
    'rewrite', CASE WHEN p_generation.rewritten_lineage_id IS NOT NULL THEN jsonb_build_object(
      'lesson_id', (
        SELECT id FROM public.lessons
        WHERE generation_id = p_generation.base_generation_id AND lineage_id = p_generation.rewritten_lineage_id
      ),
      'instruction', p_generation.instruction
    ) END,
    'lessons', private.lesson_states(p_generation.id)
  )
  FROM public.courses AS course WHERE course.id = p_generation.course_id
$$;

-- With the lesson's text before, where it is written anew.
CREATE OR REPLACE FUNCTION public.load_lesson_input(p_lesson_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'generation_id', lesson.generation_id,
    'course_id', lesson.course_id,
    'status', lesson.status,
    'brief', generation.brief,
    'analysis', generation.analysis,
    'outline', private.outline_of(lesson.generation_id),
    'section_index', (
      SELECT count(*) FROM public.sections
      WHERE generation_id = lesson.generation_id AND sections.position < section.position
    ),
    'lesson_index', (
      SELECT count(*) FROM public.lessons AS other
      WHERE other.section_id = lesson.section_id AND other.position < lesson.position
    ),
    'passages', private.passages_of(lesson.chunk_ids),
    'previous', (
      SELECT content FROM public.lessons AS before
      WHERE before.generation_id = generation.base_generation_id AND before.lineage_id = lesson.lineage_id
        AND before.lineage_id = generation.rewritten_lineage_id
    )
  )
  FROM public.lessons AS lesson
  JOIN public.generations AS generation ON generation.id = lesson.generation_id
  JOIN public.sections AS section ON section.id = lesson.section_id
  WHERE lesson.id = p_lesson_id
$$;

-- Gives a lesson up: {saved, completed, failed, total}. A lesson that is completed stays completed. A rewriting has failed
-- with its lesson: a course never shows a hole where it had a text.
CREATE OR REPLACE FUNCTION public.fail_lesson(p_lesson_id uuid, p_generation_id text, p_error text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
  v_lesson public.lessons;
BEGIN
  IF v_course.id IS NULL THEN
    RETURN private.lesson_not_saved(p_generation_id);
  END IF;
  v_lesson := private.lesson_of(p_lesson_id, p_generation_id);
  IF v_lesson.status IS DISTINCT FROM 'pending' THEN
    RETURN private.after_lesson(v_course, coalesce(v_lesson.status = 'failed', false), false);
  END IF;
  UPDATE public.lessons SET status = 'failed', error = p_error WHERE id = p_lesson_id;
  IF EXISTS (SELECT FROM public.generations WHERE id = p_generation_id AND rewritten_lineage_id IS NOT NULL) THEN
    PERFORM private.record_step(
      v_course, 4, 'failed', private.step_name(4, false) || ': ошибка', p_error,
      jsonb_build_object('stage', 'text_generation'), '{}'
    );
    RETURN private.after_lesson(v_course, true, false);
  END IF;
  RETURN private.after_lesson(v_course, true, true);
END
$$;

-- Whether the lesson is of the version of the course that is shown.
CREATE FUNCTION public.is_shown_lesson(p_course_id uuid, p_lesson_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.lessons WHERE id = p_lesson_id AND generation_id = private.shown_generation(p_course_id)
  );
END
$$;

-- Takes the place of load_generation_pace: rewritings, which outline nothing and write one lesson, do not count.
CREATE FUNCTION public.load_course_pace() RETURNS jsonb
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
      WHERE status = 'completed' AND outlined_at IS NOT NULL AND rewritten_lineage_id IS NULL
      ORDER BY finished_at DESC LIMIT 20
    ) AS recent
  ) AS pace
  WHERE lessons > 0
  HAVING count(*) > 0
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.is_shown_lesson(uuid, uuid), public.load_course_pace() FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.is_shown_lesson(uuid, uuid), public.load_course_pace() TO service_role;
