CREATE FUNCTION private.lesson_states(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(
    jsonb_agg(jsonb_build_object('id', id, 'position', position, 'status', status) ORDER BY position), '[]'
  )
  FROM public.lessons WHERE generation_id = p_generation_id
$$;

-- What the worker and the reconciler need to know of a generation to decide what is due.
CREATE FUNCTION private.generation_state(p_generation public.generations) RETURNS jsonb
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
    'lessons', private.lesson_states(p_generation.id)
  )
  FROM public.courses AS course WHERE course.id = p_generation.course_id
$$;

CREATE FUNCTION private.passage_of(p_chunk public.document_chunks, p_document_name text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'id', p_chunk.id, 'documentId', p_chunk.document_id, 'documentName', p_document_name,
    'headingPath', p_chunk.heading_path, 'page', p_chunk.page, 'text', p_chunk.content,
    'start', p_chunk.char_start, 'end', p_chunk.char_end, 'position', p_chunk.position
  )
$$;

-- Passages in the order of p_chunk_ids; those whose document is gone are left out.
CREATE FUNCTION private.passages_of(p_chunk_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(private.passage_of(chunk, document.name) ORDER BY wanted.ordinality), '[]')
  FROM unnest(p_chunk_ids) WITH ORDINALITY AS wanted (id, ordinality)
  JOIN public.document_chunks AS chunk ON chunk.id = wanted.id
  JOIN public.course_documents AS document ON document.id = chunk.document_id
$$;

-- One generation's state; NULL when it is gone.
CREATE FUNCTION public.load_generation(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT private.generation_state(generation) FROM public.generations AS generation WHERE id = p_generation_id
$$;

-- The states of all generations in flight, oldest first.
CREATE FUNCTION public.list_in_flight() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(private.generation_state(generation) ORDER BY generation.created_at, generation.id), '[]')
  FROM public.generations AS generation WHERE status NOT IN ('completed', 'failed', 'cancelled')
$$;

-- The outline as it was saved, with each lesson's id, position (over the course) and status.
CREATE FUNCTION private.outline_of(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object('sections', coalesce(jsonb_agg(
    jsonb_build_object('title', section.title, 'summary', section.summary, 'lessons', (
      SELECT coalesce(jsonb_agg(
        jsonb_build_object(
          'id', lesson.id, 'position', lesson.position, 'status', lesson.status, 'title', lesson.title,
          'objectives', lesson.objectives, 'keyTopics', lesson.key_topics, 'passageIds', lesson.chunk_ids,
          'durationMinutes', lesson.duration_minutes
        ) ORDER BY lesson.position
      ), '[]')
      FROM public.lessons AS lesson WHERE lesson.section_id = section.id
    )) ORDER BY section.position
  ), '[]'))
  FROM public.sections AS section WHERE section.generation_id = p_generation_id
$$;

-- The work a generation has saved so far: {documents_report, analysis, outline}, each NULL until it is saved; NULL when it is gone.
CREATE FUNCTION public.load_work(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'documents_report', documents_report,
    'analysis', analysis,
    'outline', CASE WHEN outlined_at IS NOT NULL THEN private.outline_of(id) END
  )
  FROM public.generations WHERE id = p_generation_id
$$;

-- What the writer of one lesson needs: {generation_id, course_id, status, brief, analysis, outline, section_index,
-- lesson_index, passages}, indexes from 0; NULL when the lesson is gone.
CREATE FUNCTION public.load_lesson_input(p_lesson_id uuid) RETURNS jsonb
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
    'passages', private.passages_of(lesson.chunk_ids)
  )
  FROM public.lessons AS lesson
  JOIN public.generations AS generation ON generation.id = lesson.generation_id
  JOIN public.sections AS section ON section.id = lesson.section_id
  WHERE lesson.id = p_lesson_id
$$;

CREATE FUNCTION private.content_of(p_lesson public.lessons) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'markdown', p_lesson.content,
    'keyPoints', p_lesson.key_points,
    'notice', p_lesson.notice,
    'quiz', (
      SELECT coalesce(jsonb_agg(
        jsonb_build_object('kind', kind, 'prompt', prompt, 'options', options, 'answer', answer, 'explanation', explanation)
        ORDER BY position
      ), '[]')
      FROM public.quiz_questions WHERE lesson_id = p_lesson.id
    ),
    -- A passage may be gone with its document; the citation still needs an id.
    'citations', (
      SELECT coalesce(jsonb_agg(
        jsonb_build_object('passageId', coalesce(chunk_id, id), 'quote', quote) ORDER BY position
      ), '[]')
      FROM public.citations WHERE lesson_id = p_lesson.id
    )
  )
$$;

-- What sums a course up: {outline, lessons:[{title, content}]}, completed lessons only, in course order; content as
-- save_lesson took it. NULL when the generation is gone.
CREATE FUNCTION public.load_finished_work(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object('outline', private.outline_of(generation.id), 'lessons', (
    SELECT coalesce(
      jsonb_agg(jsonb_build_object('title', lesson.title, 'content', private.content_of(lesson)) ORDER BY lesson.position),
      '[]'
    )
    FROM public.lessons AS lesson WHERE lesson.generation_id = generation.id AND lesson.status = 'completed'
  ))
  FROM public.generations AS generation WHERE generation.id = p_generation_id
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.load_generation(text), public.list_in_flight(), public.load_work(text),
  public.load_lesson_input(uuid), public.load_finished_work(text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.load_generation(text), public.list_in_flight(), public.load_work(text),
  public.load_lesson_input(uuid), public.load_finished_work(text) TO service_role;
