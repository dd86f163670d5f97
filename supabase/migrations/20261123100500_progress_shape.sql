-- The shape of courses.generation_progress and the rules of its numbers, as pure functions. The names, statuses and
-- percentages are tested equal to packages/domain/src/steps.ts.

-- A jsonb value as it was meant. The local Supabase API (@supabase/lite 0.10) encodes arguments of functions, and the
-- metadata of its users and objects, twice, so that an object arrives as a string that holds its JSON; the hosted one
-- does not, and is not affected.
CREATE FUNCTION private.json_argument(p_value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE
    WHEN jsonb_typeof(p_value) = 'string' AND p_value #>> '{}' ~ '^([\[{]|null$)' THEN (p_value #>> '{}')::jsonb
    ELSE p_value
  END
$$;

CREATE FUNCTION private.iso(p_time timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT to_char(p_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE FUNCTION private.has_ended(p_status public.generation_status) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT p_status IS NULL OR p_status IN ('completed', 'failed', 'cancelled')
$$;

CREATE FUNCTION private.step_name(p_step_id integer, p_has_documents boolean) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE p_step_id
    WHEN 1 THEN 'Запуск генерации'
    WHEN 2 THEN CASE WHEN p_has_documents THEN 'Обработка документов' ELSE 'Анализ задачи' END
    WHEN 3 THEN 'Генерация структуры'
    WHEN 4 THEN 'Создание контента'
    WHEN 5 THEN 'Финализация'
  END
$$;

CREATE FUNCTION private.status_of_step(p_step_id integer, p_has_documents boolean) RETURNS public.generation_status
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE p_step_id
    WHEN 1 THEN 'initializing'
    WHEN 2 THEN CASE WHEN p_has_documents THEN 'processing_documents' ELSE 'analyzing_task' END
    WHEN 3 THEN 'generating_structure'
    WHEN 4 THEN 'generating_content'
    WHEN 5 THEN 'finalizing'
  END::public.generation_status
$$;

-- Percentage of a step that is in_progress or completed; NULL for other statuses.
CREATE FUNCTION private.percentage_of(p_step_id integer, p_status text, p_lessons_done integer, p_lessons_total integer)
RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE
    WHEN p_status = 'completed' THEN p_step_id * 20
    WHEN p_status <> 'in_progress' THEN NULL
    WHEN p_step_id <> 4 THEN (p_step_id - 1) * 20 + 10
    WHEN p_lessons_total > 0 THEN 60 + 20 * least(p_lessons_done, p_lessons_total) / p_lessons_total
    ELSE 60
  END
$$;

-- Progress of a generation that has done nothing yet.
CREATE FUNCTION private.progress_skeleton(p_files jsonb, p_has_documents boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
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
  )
$$;

-- The files of a progress of any shape: what is not an array means none.
CREATE FUNCTION private.files_of(p_progress jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE
    WHEN jsonb_typeof(p_progress) = 'object' AND jsonb_typeof(p_progress -> 'files') = 'array' THEN p_progress -> 'files'
    ELSE '[]'::jsonb
  END
$$;

-- A stored progress made whole: the skeleton where it is NULL or broken, its files kept.
CREATE FUNCTION private.whole_progress(p_progress jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
  v_files jsonb := private.files_of(p_progress);
  v_has_documents boolean := jsonb_array_length(v_files) > 0;
BEGIN
  IF jsonb_typeof(p_progress) IS DISTINCT FROM 'object'
    OR jsonb_typeof(p_progress -> 'steps') IS DISTINCT FROM 'array'
    OR jsonb_array_length(p_progress -> 'steps') <> 5
    OR jsonb_typeof(p_progress -> 'percentage') IS DISTINCT FROM 'number'
    OR jsonb_typeof(p_progress -> 'current_step') IS DISTINCT FROM 'number'
  THEN
    RETURN private.progress_skeleton(v_files, v_has_documents);
  END IF;
  IF jsonb_typeof(p_progress -> 'has_documents') = 'boolean' THEN
    v_has_documents := (p_progress -> 'has_documents')::boolean;
  END IF;
  RETURN private.progress_skeleton(v_files, v_has_documents) || p_progress || jsonb_build_object(
    'files', v_files,
    'metadata', CASE WHEN jsonb_typeof(p_progress -> 'metadata') = 'object' THEN p_progress -> 'metadata' ELSE '{}' END
  );
END
$$;

-- Moves one step of a whole progress. Nothing moves back: a call is late when a later step is under way or its own step
-- is further on; then it may still fill in its own step, but message, current step and percentage stay, and what it
-- brings as metadata does not replace what is there.
CREATE FUNCTION private.advance_progress(
  p_progress jsonb, p_step_id integer, p_status text, p_message text, p_error_message text, p_error_details jsonb,
  p_metadata jsonb, p_lessons_done integer, p_lessons_completed integer, p_lessons_total integer, p_now timestamptz
) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
  c_order constant text[] := ARRAY['pending', 'in_progress', 'failed', 'completed'];
  v_step jsonb := p_progress -> 'steps' -> (p_step_id - 1);
  v_ahead boolean := (p_progress ->> 'current_step')::integer > p_step_id;
  v_back boolean := array_position(c_order, p_status) < array_position(c_order, v_step ->> 'status');
  v_late boolean := v_ahead OR v_back;
  v_metadata jsonb := coalesce(p_progress -> 'metadata', '{}'::jsonb);
  v_now text := private.iso(p_now);
BEGIN
  -- A step that later ones have left behind cannot fail any more.
  IF NOT v_back AND p_status <> 'pending' AND NOT (v_ahead AND p_status = 'failed') THEN
    v_step := v_step || jsonb_build_object('status', p_status, 'started_at', coalesce(v_step ->> 'started_at', v_now));
    IF p_status = 'completed' THEN
      v_step := v_step || jsonb_build_object(
        'completed_at', coalesce(v_step ->> 'completed_at', v_now), 'error', NULL, 'error_details', NULL
      );
    ELSIF p_status = 'failed' OR p_error_message IS NOT NULL THEN
      v_step := v_step || jsonb_build_object(
        'error', coalesce(p_error_message, p_message), 'error_details', p_error_details
      );
    END IF;
  END IF;

  RETURN p_progress || jsonb_build_object(
    'steps', jsonb_set(p_progress -> 'steps', ARRAY[(p_step_id - 1)::text], v_step),
    'percentage', least(100, greatest(
      (p_progress ->> 'percentage')::integer,
      private.percentage_of(p_step_id, p_status, p_lessons_done, p_lessons_total)
    )),
    'current_step', greatest(
      (p_progress ->> 'current_step')::integer, CASE WHEN p_status <> 'pending' THEN p_step_id END
    ),
    'message', CASE WHEN v_late THEN p_progress ->> 'message' ELSE p_message END,
    'lessons_completed', p_lessons_completed,
    'lessons_total', p_lessons_total,
    'metadata', CASE WHEN v_late THEN p_metadata || v_metadata ELSE v_metadata || p_metadata END
  );
END
$$;

-- At the end of a generation no step is left open.
CREATE FUNCTION private.complete_steps(p_steps jsonb, p_now timestamptz) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT jsonb_agg(
    step || jsonb_build_object(
      'status', 'completed',
      'started_at', coalesce(step ->> 'started_at', private.iso(p_now)),
      'completed_at', coalesce(step ->> 'completed_at', private.iso(p_now)),
      'error', NULL, 'error_details', NULL
    ) ORDER BY position
  )
  FROM jsonb_array_elements(p_steps) WITH ORDINALITY AS steps (step, position)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
