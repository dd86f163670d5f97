-- Earlier texts of lessons: what a rewriting, an edit by hand or a return to an earlier text has replaced. A revision
-- belongs to the lesson's lineage, so that it outlives the generation; a course generated as a whole begins new ones.
CREATE TABLE public.lesson_revisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  lineage_id uuid NOT NULL,
  -- When it was replaced, and since when the text had been so.
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  written_at timestamptz,
  -- How this text had come about.
  origin text NOT NULL CHECK (origin IN ('generated', 'edited', 'restored')),
  instruction text,
  version integer NOT NULL,
  title text NOT NULL,
  content text NOT NULL,
  key_points text[] NOT NULL,
  -- Rows of quiz_questions and citations, in order.
  quiz jsonb NOT NULL,
  citations jsonb NOT NULL,
  notice text
);
ALTER TABLE public.lesson_revisions ENABLE ROW LEVEL SECURITY;
CREATE INDEX lesson_revisions_by_lesson ON public.lesson_revisions (course_id, lineage_id, version DESC);
-- Read and written through the functions below only; the policy is for the day when owners are given the table.
CREATE POLICY "own revisions: read" ON public.lesson_revisions FOR SELECT TO authenticated
  USING (course_id IN (SELECT id FROM public.courses WHERE user_id = (SELECT auth.uid())));

-- How many earlier texts of a lesson are kept; the oldest go first.
CREATE FUNCTION private.revisions_max() RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT 20 $$;

-- Keeps the lesson's text as it is now. The caller holds the course's lock.
CREATE FUNCTION private.keep_revision(p_lesson public.lessons) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.lesson_revisions (
    course_id, lineage_id, written_at, origin, instruction, version, title, content, key_points, quiz, citations, notice
  )
  SELECT p_lesson.course_id, p_lesson.lineage_id, coalesce(p_lesson.edited_at, p_lesson.completed_at), p_lesson.origin,
    p_lesson.instruction, p_lesson.version, p_lesson.title, p_lesson.content, p_lesson.key_points,
    (
      SELECT coalesce(jsonb_agg(to_jsonb(question) ORDER BY question.position), '[]')
      FROM public.quiz_questions AS question WHERE question.lesson_id = p_lesson.id
    ),
    (
      SELECT coalesce(jsonb_agg(to_jsonb(citation) ORDER BY citation.position), '[]')
      FROM public.citations AS citation WHERE citation.lesson_id = p_lesson.id
    ),
    p_lesson.notice;
  DELETE FROM public.lesson_revisions WHERE id IN (
    SELECT id FROM public.lesson_revisions
    WHERE course_id = p_lesson.course_id AND lineage_id = p_lesson.lineage_id
    ORDER BY version DESC OFFSET private.revisions_max()
  );
END
$$;

-- A rewriting that is completed replaces its base's text; a lesson that had failed had none.
CREATE FUNCTION private.keep_rewritten() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_lesson public.lessons;
BEGIN
  SELECT * INTO v_lesson FROM public.lessons
  WHERE generation_id = NEW.base_generation_id AND lineage_id = NEW.rewritten_lineage_id AND status = 'completed';
  IF FOUND THEN
    PERFORM private.keep_revision(v_lesson);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER keep_rewritten AFTER UPDATE OF status ON public.generations
  FOR EACH ROW WHEN (OLD.status <> 'completed' AND NEW.status = 'completed' AND NEW.rewritten_lineage_id IS NOT NULL)
  EXECUTE FUNCTION private.keep_rewritten();

-- Of a user's lesson, the version in the generation that its course shows: p_lesson_id may be of an older copy. An empty
-- row when there is none. Locks the course.
CREATE FUNCTION private.lock_shown_lesson(p_user_id uuid, p_lesson_id uuid) RETURNS public.lessons
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_known public.lessons;
  v_shown public.lessons;
BEGIN
  SELECT lesson.* INTO v_known FROM public.lessons AS lesson
  JOIN public.courses AS course ON course.id = lesson.course_id
  WHERE lesson.id = p_lesson_id AND course.user_id = p_user_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM FROM public.courses WHERE id = v_known.course_id FOR NO KEY UPDATE;
  SELECT * INTO v_shown FROM public.lessons
  WHERE generation_id = private.shown_generation(v_known.course_id) AND lineage_id = v_known.lineage_id;
  RETURN v_shown;
END
$$;

-- Why the lesson, whose course is locked, cannot be changed now: {outcome: not_found | busy | conflict, …}; NULL when it
-- can. Busy: a generation in flight may hold a copy, in which the change would be lost.
CREATE FUNCTION private.change_refused(p_lesson public.lessons, p_expected_version integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
  v_course public.courses;
BEGIN
  IF p_lesson.id IS NULL OR p_lesson.status <> 'completed' THEN
    RETURN jsonb_build_object('outcome', 'not_found');
  END IF;
  SELECT * INTO v_course FROM public.courses WHERE id = p_lesson.course_id;
  IF private.generation_ended(v_course) IS NOT TRUE THEN
    RETURN jsonb_build_object('outcome', 'busy', 'generationId', v_course.generation_id);
  END IF;
  IF p_lesson.version IS DISTINCT FROM p_expected_version THEN
    RETURN jsonb_build_object('outcome', 'conflict', 'version', p_lesson.version);
  END IF;
  RETURN NULL;
END
$$;

-- Replaces title and Markdown of a user's lesson: {outcome: saved, version}, or why not (private.change_refused). The quiz
-- stays, and citations too: one whose mark [^n] has gone from the text is kept, so that its mark can be put back.
-- Raises invalid_parameter_value for a text that is blank or too long.
CREATE FUNCTION public.edit_lesson(
  p_user_id uuid, p_lesson_id uuid, p_expected_version integer, p_title text, p_content text
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_lesson constant public.lessons := private.lock_shown_lesson(p_user_id, p_lesson_id);
  v_refused constant jsonb := private.change_refused(v_lesson, p_expected_version);
BEGIN
  IF v_refused IS NOT NULL THEN
    RETURN v_refused;
  END IF;
  IF NOT coalesce(p_content ~ '\S' AND char_length(p_content) <= 100000, false) THEN
    RAISE EXCEPTION 'a lesson has 1 to 100000 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT coalesce(p_title ~ '\S' AND char_length(p_title) <= 300, false) THEN
    RAISE EXCEPTION 'a title has 1 to 300 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF v_lesson.title = p_title AND v_lesson.content = p_content THEN
    RETURN jsonb_build_object('outcome', 'saved', 'version', v_lesson.version);
  END IF;
  PERFORM private.keep_revision(v_lesson);
  UPDATE public.lessons SET
    title = p_title, content = p_content, origin = 'edited', instruction = NULL, version = version + 1,
    edited_at = clock_timestamp()
  WHERE id = v_lesson.id;
  RETURN jsonb_build_object('outcome', 'saved', 'version', v_lesson.version + 1);
END
$$;

-- Brings an earlier text of a user's lesson back, with its quiz and citations; what it replaces is kept in its turn. As
-- edit_lesson; not_found also when there is no such revision of this lesson.
CREATE FUNCTION public.restore_lesson_revision(
  p_user_id uuid, p_lesson_id uuid, p_revision_id uuid, p_expected_version integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_lesson constant public.lessons := private.lock_shown_lesson(p_user_id, p_lesson_id);
  v_refused constant jsonb := private.change_refused(v_lesson, p_expected_version);
  v_revision public.lesson_revisions;
BEGIN
  IF v_refused IS NOT NULL THEN
    RETURN v_refused;
  END IF;
  SELECT * INTO v_revision FROM public.lesson_revisions
  WHERE id = p_revision_id AND course_id = v_lesson.course_id AND lineage_id = v_lesson.lineage_id;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('outcome', 'not_found');
  END IF;
  PERFORM private.keep_revision(v_lesson);
  UPDATE public.lessons SET
    title = v_revision.title, content = v_revision.content, key_points = v_revision.key_points,
    notice = v_revision.notice, origin = 'restored', instruction = v_revision.instruction, version = version + 1,
    edited_at = clock_timestamp()
  WHERE id = v_lesson.id;

  DELETE FROM public.quiz_questions WHERE lesson_id = v_lesson.id;
  INSERT INTO public.quiz_questions (generation_id, lesson_id, position, kind, prompt, options, answer, explanation)
  SELECT v_lesson.generation_id, v_lesson.id, was.position, was.kind, was.prompt, was.options, was.answer, was.explanation
  FROM jsonb_populate_recordset(NULL::public.quiz_questions, v_revision.quiz) AS was;

  DELETE FROM public.citations WHERE lesson_id = v_lesson.id;
  -- Document and passage may have gone since.
  INSERT INTO public.citations (
    generation_id, lesson_id, position, document_id, chunk_id, document_name, heading_path, page, quote
  )
  SELECT v_lesson.generation_id, v_lesson.id, was.position, document.id, chunk.id, was.document_name, was.heading_path,
    was.page, was.quote
  FROM jsonb_populate_recordset(NULL::public.citations, v_revision.citations) AS was
  LEFT JOIN public.course_documents AS document ON document.id = was.document_id
  LEFT JOIN public.document_chunks AS chunk ON chunk.id = was.chunk_id;
  RETURN jsonb_build_object('outcome', 'saved', 'version', v_lesson.version + 1);
END
$$;

-- The earlier texts of a user's lesson, newest first: [{id, replacedAt, writtenAt, origin, instruction, version, title}];
-- [] as well when it is no lesson of theirs.
CREATE FUNCTION public.list_lesson_revisions(p_user_id uuid, p_lesson_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'id', revision.id, 'replacedAt', revision.created_at, 'writtenAt', revision.written_at, 'origin', revision.origin,
    'instruction', revision.instruction, 'version', revision.version, 'title', revision.title
  ) ORDER BY revision.version DESC), '[]')
  FROM public.lessons AS lesson
  JOIN public.courses AS course ON course.id = lesson.course_id AND course.user_id = p_user_id
  JOIN public.lesson_revisions AS revision
    ON revision.course_id = lesson.course_id AND revision.lineage_id = lesson.lineage_id
  WHERE lesson.id = p_lesson_id
$$;

-- One earlier text of a user's lesson, whole; NULL when there is none, or it is not theirs.
CREATE FUNCTION public.load_lesson_revision(p_user_id uuid, p_revision_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'id', revision.id, 'replacedAt', revision.created_at, 'writtenAt', revision.written_at, 'origin', revision.origin,
    'instruction', revision.instruction, 'version', revision.version, 'title', revision.title,
    'content', revision.content, 'keyPoints', revision.key_points, 'notice', revision.notice,
    'quiz', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'kind', kind, 'prompt', prompt, 'options', options, 'answer', answer, 'explanation', explanation
      ) ORDER BY position), '[]')
      FROM jsonb_populate_recordset(NULL::public.quiz_questions, revision.quiz)
    ),
    'citations', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'position', position, 'documentName', document_name, 'headingPath', heading_path, 'page', page, 'quote', quote
      ) ORDER BY position), '[]')
      FROM jsonb_populate_recordset(NULL::public.citations, revision.citations)
    )
  )
  FROM public.lesson_revisions AS revision
  JOIN public.courses AS course ON course.id = revision.course_id AND course.user_id = p_user_id
  WHERE revision.id = p_revision_id
$$;

REVOKE ALL ON public.lesson_revisions FROM PUBLIC, anon, authenticated;
GRANT ALL ON public.lesson_revisions TO service_role;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.edit_lesson(uuid, uuid, integer, text, text),
  public.restore_lesson_revision(uuid, uuid, uuid, integer), public.list_lesson_revisions(uuid, uuid),
  public.load_lesson_revision(uuid, uuid) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.edit_lesson(uuid, uuid, integer, text, text),
  public.restore_lesson_revision(uuid, uuid, uuid, integer), public.list_lesson_revisions(uuid, uuid),
  public.load_lesson_revision(uuid, uuid) TO service_role;
