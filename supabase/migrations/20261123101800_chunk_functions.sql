-- A chunk's id follows from its document, place and text: their MD5, with version 8 and the variant of RFC 9562.
CREATE FUNCTION private.chunk_id(p_document_id uuid, p_chunk jsonb) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT overlay(overlay(hash PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid
  FROM md5(p_document_id || ':' || (p_chunk ->> 'position') || ':' || (p_chunk ->> 'text')) AS hash
$$;

-- Makes a document's chunks equal to p_chunks ([{position, headingPath, page, start, end, text}]): {saved, chunks},
-- NULL when the document is gone. Running it twice (a stalled job that wakes up late) keeps the ids that lessons name.
CREATE FUNCTION public.replace_chunks(p_document_id uuid, p_language text, p_chunks jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course_id uuid;
BEGIN
  p_chunks := private.json_argument(p_chunks);
  -- The course before the document, as when the course is deleted.
  SELECT course.id INTO v_course_id FROM public.courses AS course
  WHERE course.id = (SELECT course_id FROM public.course_documents WHERE id = p_document_id) FOR KEY SHARE;
  PERFORM FROM public.course_documents WHERE id = p_document_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  DELETE FROM public.document_chunks
  WHERE document_id = p_document_id
    AND id NOT IN (SELECT private.chunk_id(p_document_id, chunk) FROM jsonb_array_elements(p_chunks) AS chunk);
  INSERT INTO public.document_chunks (
    id, document_id, course_id, position, heading_path, page, char_start, char_end, content, language
  )
  SELECT private.chunk_id(p_document_id, chunk), p_document_id, v_course_id, (chunk ->> 'position')::integer,
    private.text_array(chunk -> 'headingPath'), (chunk ->> 'page')::integer, (chunk ->> 'start')::integer,
    (chunk ->> 'end')::integer, chunk ->> 'text', private.text_search_config(p_language)
  FROM jsonb_array_elements(p_chunks) AS chunk
  ON CONFLICT (id) DO UPDATE SET language = EXCLUDED.language WHERE document_chunks.language <> EXCLUDED.language;
  UPDATE public.course_documents SET status = 'processed', error = NULL WHERE id = p_document_id;
  RETURN jsonb_build_object('saved', true, 'chunks', jsonb_array_length(p_chunks));
END
$$;

-- Passages of the course's documents that share words with the query, best first; [] when none does.
CREATE FUNCTION public.search_chunks(p_course_id uuid, p_query text, p_limit integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH query AS (
    -- plainto_tsquery wants all words; a passage on some of them is of use too.
    SELECT language, replace(plainto_tsquery(language::regconfig, lower(p_query))::text, '&', '|')::tsquery AS words
    FROM (SELECT DISTINCT language FROM public.document_chunks WHERE course_id = p_course_id) AS languages
  ), best AS (
    SELECT chunk AS found, ts_rank_cd(chunk.search, query.words) AS rank
    FROM query JOIN public.document_chunks AS chunk
      ON chunk.course_id = p_course_id AND chunk.language = query.language AND chunk.search @@ query.words
    ORDER BY rank DESC, chunk.document_id, chunk.position
    LIMIT greatest(0, least(p_limit, 200))
  )
  SELECT coalesce(jsonb_agg(private.passage_of(best.found, document.name) ORDER BY best.rank DESC,
    (best.found).document_id, (best.found).position), '[]')
  FROM best JOIN public.course_documents AS document ON document.id = (best.found).document_id
$$;

REVOKE ALL ON FUNCTION private.chunk_id(uuid, jsonb), public.replace_chunks(uuid, text, jsonb),
  public.search_chunks(uuid, text, integer) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.replace_chunks(uuid, text, jsonb), public.search_chunks(uuid, text, integer)
  TO service_role;
