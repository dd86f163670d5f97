-- Lessons are written under the fence of 20261123101700_content_functions.sql.

-- After a lesson has ended: moves step 4, completes it with the last lesson unless all of them failed, and counts.
CREATE FUNCTION private.after_lesson(p_course public.courses, p_saved boolean, p_changed boolean) RETURNS jsonb
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  v_completed integer;
  v_failed integer;
  v_total integer;
BEGIN
  SELECT count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'failed'), count(*)
  INTO v_completed, v_failed, v_total
  FROM public.lessons WHERE generation_id = p_course.generation_id;
  IF p_changed THEN
    PERFORM private.record_step(
      p_course, 4, CASE WHEN v_completed + v_failed = v_total AND v_completed > 0 THEN 'completed' ELSE 'in_progress' END,
      'Создание уроков: ' || v_completed + v_failed || ' из ' || v_total, NULL, NULL, '{}'
    );
  END IF;
  RETURN jsonb_build_object('saved', p_saved, 'completed', v_completed, 'failed', v_failed, 'total', v_total);
END
$$;

-- The lesson of the generation, or an empty row.
CREATE FUNCTION private.lesson_of(p_lesson_id uuid, p_generation_id text) RETURNS public.lessons
LANGUAGE sql VOLATILE SET search_path = '' AS $$
  SELECT * FROM public.lessons WHERE id = p_lesson_id AND generation_id = p_generation_id
$$;

-- The answer to a fenced caller, with counts.
CREATE FUNCTION private.lesson_not_saved(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT private.not_saved(p_generation_id) || (
    SELECT jsonb_build_object(
      'completed', count(*) FILTER (WHERE status = 'completed'),
      'failed', count(*) FILTER (WHERE status = 'failed'),
      'total', count(*)
    )
    FROM public.lessons WHERE generation_id = p_generation_id
  )
$$;

-- Stores a lesson's content ({markdown, keyPoints, quiz, citations, notice}), its quiz and its citations, once:
-- {saved, completed, failed, total}. A lesson that has failed stays failed.
CREATE FUNCTION public.save_lesson(p_lesson_id uuid, p_generation_id text, p_content jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
  v_lesson public.lessons;
BEGIN
  p_content := private.json_argument(p_content);
  IF v_course.id IS NULL THEN
    RETURN private.lesson_not_saved(p_generation_id);
  END IF;
  v_lesson := private.lesson_of(p_lesson_id, p_generation_id);
  IF v_lesson.status IS DISTINCT FROM 'pending' THEN
    RETURN private.after_lesson(v_course, coalesce(v_lesson.status = 'completed', false), false);
  END IF;
  IF coalesce(p_content ->> 'markdown', '') !~ '\S' THEN
    RAISE EXCEPTION 'a lesson needs content' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  UPDATE public.lessons SET
    status = 'completed',
    content = p_content ->> 'markdown',
    key_points = private.text_array(p_content -> 'keyPoints'),
    notice = p_content ->> 'notice',
    completed_at = clock_timestamp()
  WHERE id = p_lesson_id;
  INSERT INTO public.quiz_questions (generation_id, lesson_id, position, kind, prompt, options, answer, explanation)
  SELECT p_generation_id, p_lesson_id, question.ordinality, (question.value ->> 'kind')::public.question_kind,
    question.value ->> 'prompt', coalesce(question.value -> 'options', '[]'), question.value -> 'answer',
    coalesce(question.value ->> 'explanation', '')
  FROM jsonb_array_elements(coalesce(p_content -> 'quiz', '[]')) WITH ORDINALITY AS question;
  -- A cited document may have been deleted meanwhile: the quote stays.
  INSERT INTO public.citations (
    generation_id, lesson_id, position, document_id, chunk_id, document_name, heading_path, page, quote
  )
  SELECT p_generation_id, p_lesson_id, citation.ordinality, chunk.document_id, chunk.id, coalesce(document.name, ''),
    coalesce(chunk.heading_path, '{}'), chunk.page, citation.value ->> 'quote'
  FROM jsonb_array_elements(coalesce(p_content -> 'citations', '[]')) WITH ORDINALITY AS citation
  LEFT JOIN public.document_chunks AS chunk
    ON chunk.id = (citation.value ->> 'passageId')::uuid AND chunk.course_id = v_course.id
  LEFT JOIN public.course_documents AS document ON document.id = chunk.document_id;
  RETURN private.after_lesson(v_course, true, true);
END
$$;

-- Gives a lesson up: {saved, completed, failed, total}. A lesson that is completed stays completed.
CREATE FUNCTION public.fail_lesson(p_lesson_id uuid, p_generation_id text, p_error text) RETURNS jsonb
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
  RETURN private.after_lesson(v_course, true, true);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.save_lesson(uuid, text, jsonb), public.fail_lesson(uuid, text, text)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.save_lesson(uuid, text, jsonb), public.fail_lesson(uuid, text, text) TO service_role;
