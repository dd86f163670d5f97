-- The small functions of update_course_progress, as they were, in PL/pgSQL. A function in SQL that sets its search_path is
-- planned anew at each call; one in PL/pgSQL keeps its plans. Recording a step calls them thirty times, and they took
-- half of its time.

CREATE OR REPLACE FUNCTION private.json_argument(p_value jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE
    WHEN jsonb_typeof(p_value) = 'string' AND p_value #>> '{}' ~ '^([\[{]|null$)' THEN (p_value #>> '{}')::jsonb
    ELSE p_value
  END;
END
$$;

CREATE OR REPLACE FUNCTION private.has_ended(p_status public.generation_status) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN p_status IS NULL OR p_status IN ('completed', 'failed', 'cancelled');
END
$$;

CREATE OR REPLACE FUNCTION private.step_name(p_step_id integer, p_has_documents boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE p_step_id
    WHEN 1 THEN 'Запуск генерации'
    WHEN 2 THEN CASE WHEN p_has_documents THEN 'Обработка документов' ELSE 'Анализ задачи' END
    WHEN 3 THEN 'Генерация структуры'
    WHEN 4 THEN 'Создание контента'
    WHEN 5 THEN 'Финализация'
  END;
END
$$;

CREATE OR REPLACE FUNCTION private.status_of_step(p_step_id integer, p_has_documents boolean) RETURNS public.generation_status
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE p_step_id
    WHEN 1 THEN 'initializing'
    WHEN 2 THEN CASE WHEN p_has_documents THEN 'processing_documents' ELSE 'analyzing_task' END
    WHEN 3 THEN 'generating_structure'
    WHEN 4 THEN 'generating_content'
    WHEN 5 THEN 'finalizing'
  END::public.generation_status;
END
$$;

CREATE OR REPLACE FUNCTION private.progress_skeleton(p_files jsonb, p_has_documents boolean) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN jsonb_build_object(
    'steps', (
      SELECT jsonb_agg(
        jsonb_build_object(
          'id', id, 'name', private.step_name(id, p_has_documents), 'status', 'pending',
          'started_at', NULL, 'completed_at', NULL, 'error', NULL, 'error_details', NULL
        ) ORDER BY id
      )
      FROM generate_series(1, 5) AS id
    ),
    'percentage', 0, 'current_step', 1, 'message', '', 'total_steps', 5, 'has_documents', p_has_documents,
    'lessons_completed', 0, 'lessons_total', 0, 'files', p_files, 'metadata', '{}'::jsonb
  );
END
$$;

CREATE OR REPLACE FUNCTION private.files_of(p_progress jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE
    WHEN jsonb_typeof(p_progress) = 'object' AND jsonb_typeof(p_progress -> 'files') = 'array' THEN p_progress -> 'files'
    ELSE '[]'::jsonb
  END;
END
$$;

CREATE OR REPLACE FUNCTION private.with_generation(p_progress jsonb, p_id text, p_status public.generation_status) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN jsonb_set(p_progress, '{metadata}', (p_progress -> 'metadata') || jsonb_strip_nulls(
    jsonb_build_object('generation_id', p_id, 'generation_status', p_status)
  ));
END
$$;

CREATE OR REPLACE FUNCTION private.count_in(p_value jsonb, p_default integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN CASE
    WHEN jsonb_typeof(p_value) = 'number' AND p_value::numeric BETWEEN 0 AND 1000000 THEN floor(p_value::numeric)::integer
    ELSE p_default
  END;
END
$$;

CREATE OR REPLACE FUNCTION private.brief_of(p_course public.courses) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN jsonb_build_object(
    'title', p_course.title,
    'course_description', p_course.course_description,
    'target_audience', p_course.target_audience,
    'prerequisites', p_course.prerequisites,
    'learning_outcomes', p_course.learning_outcomes,
    'language', p_course.language,
    'style', p_course.style,
    'difficulty', p_course.difficulty,
    'content_strategy', p_course.content_strategy,
    'estimated_sections', p_course.estimated_sections,
    'estimated_lessons', p_course.estimated_lessons,
    'lesson_duration_minutes', p_course.lesson_duration_minutes,
    'output_formats', p_course.output_formats
  );
END
$$;

CREATE OR REPLACE FUNCTION private.tier_of(p_user_id uuid, p_claimed text DEFAULT NULL) RETURNS public.tier
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN coalesce(
    (SELECT tier FROM public.tier_policies WHERE tier::text = p_claimed),
    (SELECT tier FROM public.user_profiles WHERE id = p_user_id),
    'FREE'
  );
END
$$;

CREATE OR REPLACE FUNCTION private.snapshot_of(p_course public.courses) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN jsonb_build_object(
    'generation_id', p_course.generation_id,
    'generation_status', p_course.generation_status,
    'generation_progress', p_course.generation_progress,
    'generation_started_at', p_course.generation_started_at,
    'generation_completed_at', p_course.generation_completed_at,
    'last_progress_update', p_course.last_progress_update,
    'webhook_url', p_course.webhook_url,
    'error_message', p_course.error_message,
    'error_details', p_course.error_details
  );
END
$$;

CREATE OR REPLACE FUNCTION private.generation_ended(p_course public.courses) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN private.has_ended(p_course.generation_status) OR EXISTS (
    SELECT FROM public.generations WHERE id = p_course.generation_id AND private.has_ended(status)
  );
END
$$;

CREATE OR REPLACE FUNCTION private.may_take_over(p_course public.courses, p_id text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
BEGIN
  RETURN (p_course.generation_id IS NULL OR private.generation_ended(p_course))
    AND NOT EXISTS (SELECT FROM public.generations WHERE id = p_id);
END
$$;

CREATE OR REPLACE FUNCTION private.fresh_progress(p_progress jsonb, p_metadata jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  RETURN private.progress_skeleton(
    private.files_of(p_progress),
    CASE
      WHEN jsonb_typeof(p_metadata -> 'has_documents') = 'boolean' THEN (p_metadata -> 'has_documents')::boolean
      ELSE jsonb_array_length(private.files_of(p_progress)) > 0
    END
  );
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
