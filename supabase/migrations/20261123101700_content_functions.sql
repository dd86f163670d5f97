-- Content is written under the same fence as progress: every function here locks the course first, writes only for the
-- course's current generation while it is in flight, does its work once however often it is called, and answers
-- {saved: false} to anybody else; NULL when the generation is gone.

-- The course, locked, when p_generation_id is its current generation and in flight; else NULL.
CREATE FUNCTION private.lock_current(p_generation_id text) RETURNS public.courses
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_course public.courses;
BEGIN
  SELECT course.* INTO v_course FROM public.courses AS course
  WHERE course.id = (SELECT course_id FROM public.generations WHERE id = p_generation_id)
  FOR NO KEY UPDATE;
  IF v_course.generation_id IS DISTINCT FROM p_generation_id OR private.generation_ended(v_course) THEN
    RETURN NULL;
  END IF;
  RETURN v_course;
END
$$;

CREATE FUNCTION private.not_saved(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object('saved', false) FROM public.generations WHERE id = p_generation_id
$$;

CREATE FUNCTION private.touch_generation(p_generation_id text) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
  UPDATE public.generations SET last_progress_at = clock_timestamp() WHERE id = p_generation_id;
  UPDATE public.courses SET last_progress_update = clock_timestamp() WHERE generation_id = p_generation_id
    AND id = (SELECT course_id FROM public.generations WHERE id = p_generation_id);
$$;

CREATE FUNCTION public.save_documents(p_generation_id text, p_report jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
BEGIN
  p_report := private.json_argument(p_report);
  IF v_course.id IS NULL THEN
    RETURN private.not_saved(p_generation_id);
  END IF;
  UPDATE public.generations SET documents_report = coalesce(documents_report, p_report) WHERE id = p_generation_id;
  PERFORM private.touch_generation(p_generation_id);
  RETURN jsonb_build_object('saved', true);
END
$$;

CREATE FUNCTION public.save_analysis(p_generation_id text, p_analysis jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
BEGIN
  p_analysis := private.json_argument(p_analysis);
  IF v_course.id IS NULL THEN
    RETURN private.not_saved(p_generation_id);
  END IF;
  UPDATE public.generations SET analysis = coalesce(analysis, p_analysis) WHERE id = p_generation_id;
  PERFORM private.touch_generation(p_generation_id);
  RETURN jsonb_build_object('saved', true);
END
$$;

-- Stores the outline ({sections:[{title, summary, lessons:[{title, objectives, keyTopics, passageIds,
-- durationMinutes}]}]}) as sections and lessons, once, and moves the generation to step 4:
-- {saved, lessons:[{id, position, status}]}.
CREATE FUNCTION public.save_outline(p_generation_id text, p_outline jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
  v_section jsonb;
  v_lesson jsonb;
  v_section_id uuid;
  v_section_position integer := 0;
  v_lesson_position integer := 0;
BEGIN
  p_outline := private.json_argument(p_outline);
  IF v_course.id IS NULL THEN
    RETURN private.not_saved(p_generation_id) || jsonb_build_object('lessons', '[]'::jsonb);
  END IF;
  IF EXISTS (SELECT FROM public.generations WHERE id = p_generation_id AND outlined_at IS NOT NULL) THEN
    RETURN jsonb_build_object('saved', true, 'lessons', private.lesson_states(p_generation_id));
  END IF;

  FOR v_section IN SELECT jsonb_array_elements(p_outline -> 'sections') LOOP
    v_section_position := v_section_position + 1;
    INSERT INTO public.sections (generation_id, course_id, position, title, summary)
    VALUES (
      p_generation_id, v_course.id, v_section_position, v_section ->> 'title', coalesce(v_section ->> 'summary', '')
    )
    RETURNING id INTO v_section_id;
    FOR v_lesson IN SELECT jsonb_array_elements(v_section -> 'lessons') LOOP
      v_lesson_position := v_lesson_position + 1;
      INSERT INTO public.lessons (
        generation_id, course_id, section_id, position, title, objectives, key_topics, chunk_ids, duration_minutes
      )
      VALUES (
        p_generation_id, v_course.id, v_section_id, v_lesson_position, v_lesson ->> 'title',
        private.text_array(v_lesson -> 'objectives'), private.text_array(v_lesson -> 'keyTopics'),
        private.text_array(v_lesson -> 'passageIds')::uuid[], (v_lesson ->> 'durationMinutes')::integer
      );
    END LOOP;
  END LOOP;
  IF v_lesson_position = 0 THEN
    RAISE EXCEPTION 'an outline needs a lesson' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  UPDATE public.generations SET outlined_at = clock_timestamp() WHERE id = p_generation_id;
  PERFORM private.record_step(v_course, 3, 'completed', 'Структура курса готова', NULL, NULL, '{}');
  SELECT * INTO v_course FROM public.courses WHERE id = v_course.id;
  PERFORM private.record_step(v_course, 4, 'in_progress', 'Создание уроков: 0 из ' || v_lesson_position, NULL, NULL, '{}');
  RETURN jsonb_build_object('saved', true, 'lessons', private.lesson_states(p_generation_id));
END
$$;

CREATE FUNCTION private.text_array(p_value jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT coalesce(array_agg(value), '{}')
  FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(p_value) = 'array' THEN p_value ELSE '[]' END) AS value
$$;

CREATE FUNCTION public.save_summary(p_generation_id text, p_summary jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
BEGIN
  p_summary := private.json_argument(p_summary);
  IF v_course.id IS NULL THEN
    RETURN private.not_saved(p_generation_id);
  END IF;
  IF coalesce(p_summary ->> 'overview', '') !~ '\S' THEN
    RAISE EXCEPTION 'a summary needs an overview' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  UPDATE public.generations
  SET overview = p_summary ->> 'overview', glossary = coalesce(p_summary -> 'glossary', '[]')
  WHERE id = p_generation_id AND overview IS NULL;
  PERFORM private.touch_generation(p_generation_id);
  RETURN jsonb_build_object('saved', true);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.save_documents(text, jsonb), public.save_analysis(text, jsonb),
  public.save_outline(text, jsonb), public.save_summary(text, jsonb) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.save_documents(text, jsonb), public.save_analysis(text, jsonb),
  public.save_outline(text, jsonb), public.save_summary(text, jsonb) TO service_role;
