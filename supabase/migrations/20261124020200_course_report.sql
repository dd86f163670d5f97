-- What the check of the whole course found, for its owner: see packages/generation/src/gates/whole-course.ts. NULL until
-- a generation is checked; a course is never failed for it.
ALTER TABLE public.generations ADD COLUMN course_report jsonb;

-- Stores the report, once, under the fence of the content functions: {saved}; NULL when the generation is gone.
CREATE FUNCTION public.save_course_report(p_generation_id text, p_report jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course public.courses := private.lock_current(p_generation_id);
BEGIN
  p_report := private.json_argument(p_report);
  IF v_course.id IS NULL THEN
    RETURN private.not_saved(p_generation_id);
  END IF;
  UPDATE public.generations SET course_report = coalesce(course_report, p_report) WHERE id = p_generation_id;
  PERFORM private.touch_generation(p_generation_id);
  RETURN jsonb_build_object('saved', true);
END
$$;

-- Where each passage of the course's documents stands, in reading order, without its text:
-- [{id, documentId, headingPath, length}], length in characters.
CREATE FUNCTION public.list_headings(p_course_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(
    jsonb_build_object(
      'id', chunk.id, 'documentId', chunk.document_id, 'headingPath', chunk.heading_path,
      'length', chunk.char_end - chunk.char_start
    ) ORDER BY document.created_at, document.id, chunk.position
  ), '[]')
  FROM public.document_chunks AS chunk JOIN public.course_documents AS document ON document.id = chunk.document_id
  WHERE chunk.course_id = p_course_id
$$;

REVOKE ALL ON FUNCTION public.save_course_report(text, jsonb), public.list_headings(uuid)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.save_course_report(text, jsonb), public.list_headings(uuid) TO service_role;
