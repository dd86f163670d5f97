-- What a job asks the database, as it was, in PL/pgSQL. A function in SQL that sets its search_path is planned anew at each
-- call, which was two thirds of the time of load_generation; one in PL/pgSQL keeps its plans for the connection.

CREATE OR REPLACE FUNCTION private.iso(p_time timestamptz) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN to_char(p_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
END
$$;

CREATE OR REPLACE FUNCTION private.text_array(p_value jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(value), '{}')
    FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(p_value) = 'array' THEN p_value ELSE '[]' END) AS value
  );
END
$$;

CREATE OR REPLACE FUNCTION private.percentage_of(
  p_step_id integer, p_status text, p_lessons_done integer, p_lessons_total integer
) RETURNS integer
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE
    WHEN p_status = 'completed' THEN p_step_id * 20
    WHEN p_status <> 'in_progress' THEN NULL
    WHEN p_step_id <> 4 THEN (p_step_id - 1) * 20 + 10
    WHEN p_lessons_total > 0 THEN 60 + 20 * least(p_lessons_done, p_lessons_total) / p_lessons_total
    ELSE 60
  END;
END
$$;

CREATE OR REPLACE FUNCTION private.complete_steps(p_steps jsonb, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT jsonb_agg(
      step || jsonb_build_object(
        'status', 'completed',
        'started_at', coalesce(step ->> 'started_at', private.iso(p_now)),
        'completed_at', coalesce(step ->> 'completed_at', private.iso(p_now)),
        'error', NULL, 'error_details', NULL
      ) ORDER BY position
    )
    FROM jsonb_array_elements(p_steps) WITH ORDINALITY AS steps (step, position)
  );
END
$$;

CREATE OR REPLACE FUNCTION private.progress_shown(p_course public.courses) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN private.with_generation(
    private.whole_progress(p_course.generation_progress), p_course.generation_id, p_course.generation_status
  );
END
$$;

CREATE OR REPLACE FUNCTION private.lineage_of(p_lesson public.lessons) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN coalesce((to_jsonb(p_lesson) ->> 'lineage_id')::uuid, p_lesson.id);
END
$$;

CREATE OR REPLACE FUNCTION private.shown_generation(p_course_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT id FROM public.generations
    WHERE course_id = p_course_id AND status = 'completed' AND outlined_at IS NOT NULL
    ORDER BY finished_at DESC LIMIT 1
  );
END
$$;

CREATE OR REPLACE FUNCTION private.lesson_states(p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT coalesce(
      jsonb_agg(jsonb_build_object('id', id, 'position', position, 'status', status) ORDER BY position), '[]'
    )
    FROM public.lessons WHERE generation_id = p_generation_id
  );
END
$$;

CREATE OR REPLACE FUNCTION private.generation_state(p_generation public.generations) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION private.outline_of(p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION private.passage_of(p_chunk public.document_chunks, p_document_name text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN jsonb_build_object(
    'id', p_chunk.id, 'documentId', p_chunk.document_id, 'documentName', p_document_name,
    'headingPath', p_chunk.heading_path, 'page', p_chunk.page, 'text', p_chunk.content,
    'start', p_chunk.char_start, 'end', p_chunk.char_end, 'position', p_chunk.position
  );
END
$$;

CREATE OR REPLACE FUNCTION private.passages_of(p_chunk_ids uuid[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(private.passage_of(chunk, document.name) ORDER BY wanted.ordinality), '[]')
    FROM unnest(p_chunk_ids) WITH ORDINALITY AS wanted (id, ordinality)
    JOIN public.document_chunks AS chunk ON chunk.id = wanted.id
    JOIN public.course_documents AS document ON document.id = chunk.document_id
  );
END
$$;

CREATE OR REPLACE FUNCTION private.content_of(p_lesson public.lessons) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_generation(p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT private.generation_state(generation) FROM public.generations AS generation WHERE id = p_generation_id
  );
END
$$;

CREATE OR REPLACE FUNCTION public.list_in_flight() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(private.generation_state(generation) ORDER BY generation.created_at, generation.id), '[]')
    FROM public.generations AS generation WHERE status NOT IN ('completed', 'failed', 'cancelled')
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_work(p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object(
      'documents_report', documents_report,
      'analysis', analysis,
      'outline', CASE WHEN outlined_at IS NOT NULL THEN private.outline_of(id) END
    )
    FROM public.generations WHERE id = p_generation_id
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_lesson_input(p_lesson_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_finished_work(p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object('outline', private.outline_of(generation.id), 'lessons', (
      SELECT coalesce(
        jsonb_agg(jsonb_build_object('title', lesson.title, 'content', private.content_of(lesson)) ORDER BY lesson.position),
        '[]'
      )
      FROM public.lessons AS lesson WHERE lesson.generation_id = generation.id AND lesson.status = 'completed'
    ))
    FROM public.generations AS generation WHERE generation.id = p_generation_id
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_activity(p_course_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION public.load_course_pace() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  RETURN (
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
  );
END
$$;

CREATE OR REPLACE FUNCTION private.chunk_id(p_document_id uuid, p_chunk jsonb) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN (
    SELECT overlay(overlay(hash PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid
    FROM md5(p_document_id || ':' || (p_chunk ->> 'position') || ':' || (p_chunk ->> 'text')) AS hash
  );
END
$$;

CREATE OR REPLACE FUNCTION private.lesson_of(p_lesson_id uuid, p_generation_id text) RETURNS public.lessons
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_lesson public.lessons;
BEGIN
  SELECT * INTO v_lesson FROM public.lessons WHERE id = p_lesson_id AND generation_id = p_generation_id;
  RETURN v_lesson;
END
$$;

CREATE OR REPLACE FUNCTION private.touch_generation(p_generation_id text) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_course_id uuid;
BEGIN
  UPDATE public.generations SET last_progress_at = clock_timestamp() WHERE id = p_generation_id
  RETURNING course_id INTO v_course_id;
  UPDATE public.courses SET last_progress_update = clock_timestamp()
  WHERE id = v_course_id AND generation_id = p_generation_id;
END
$$;
