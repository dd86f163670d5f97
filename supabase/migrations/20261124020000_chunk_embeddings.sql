-- Embeddings of passages, for ranking by meaning beside words. Plain real[]: it runs on every Postgres, with and without
-- pgvector. A search compares the query with all passages of one course, which the worker bounds to 5,000: measured at
-- 0.05 ms a passage of 384 numbers, 0.2 ms of 1,536.

-- In a table of their own, as a new version of a chunk's row would have to be entered in its full-text index again.
-- A chunk's id follows from its text, so that a vector whose chunk is there is the vector of that text.
CREATE TABLE public.chunk_embeddings (
  chunk_id uuid PRIMARY KEY REFERENCES public.document_chunks (id) ON DELETE CASCADE,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  -- What made it. Vectors of different models or lengths are never compared.
  model text NOT NULL CHECK (char_length(model) BETWEEN 1 AND 200),
  -- Of length 1, so that the dot product is the cosine.
  vector real[] NOT NULL CHECK (cardinality(vector) BETWEEN 1 AND 8192)
);
ALTER TABLE public.chunk_embeddings ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE public.chunk_embeddings ENABLE ROW LEVEL SECURITY;
CREATE INDEX chunk_embeddings_course_id ON public.chunk_embeddings (course_id);

CREATE FUNCTION private.vector_of(p_value jsonb) RETURNS real[]
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT array_agg(number::real ORDER BY place) FROM jsonb_array_elements_text(p_value) WITH ORDINALITY AS entry (number, place)
$$;

-- Passages of the course without an embedding of this model, in reading order, at most p_limit:
-- {total, missing, passages:[{id, headingPath, text}]}; `total` counts all passages of the course.
CREATE FUNCTION public.list_unembedded(p_course_id uuid, p_model text, p_limit integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH missing AS (
    SELECT chunk.id, chunk.heading_path, chunk.content, chunk.document_id, chunk.position
    FROM public.document_chunks AS chunk
    WHERE chunk.course_id = p_course_id AND NOT EXISTS (
      SELECT FROM public.chunk_embeddings AS made WHERE made.chunk_id = chunk.id AND made.model = p_model
    )
  ), next AS (
    SELECT * FROM missing ORDER BY document_id, position LIMIT greatest(0, least(p_limit, 1000))
  )
  SELECT jsonb_build_object(
    'total', (SELECT count(*) FROM public.document_chunks WHERE course_id = p_course_id),
    'missing', (SELECT count(*) FROM missing),
    'passages', (
      SELECT coalesce(jsonb_agg(
        jsonb_build_object('id', id, 'headingPath', heading_path, 'text', content) ORDER BY document_id, position
      ), '[]') FROM next
    )
  )
$$;

-- Stores vectors ([{id, vector}], all of one length) of passages that are still there: {saved}. What the course has of
-- another model or length is stale and goes.
CREATE FUNCTION public.save_embeddings(p_course_id uuid, p_model text, p_vectors jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_saved integer;
  v_length integer;
BEGIN
  p_vectors := private.json_argument(p_vectors);
  v_length := jsonb_array_length(p_vectors -> 0 -> 'vector');
  IF EXISTS (
    SELECT FROM jsonb_array_elements(p_vectors) AS entry WHERE jsonb_array_length(entry -> 'vector') <> v_length
  ) THEN
    RAISE EXCEPTION 'vectors of different lengths' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- One at a time for a course, so that two workers cannot each delete what the other one is storing.
  PERFORM FROM public.courses WHERE id = p_course_id FOR NO KEY UPDATE;
  DELETE FROM public.chunk_embeddings
  WHERE course_id = p_course_id AND (model <> p_model OR cardinality(vector) <> v_length);
  INSERT INTO public.chunk_embeddings (chunk_id, course_id, model, vector)
  SELECT chunk.id, p_course_id, p_model, private.vector_of(entry -> 'vector')
  FROM jsonb_array_elements(p_vectors) AS entry
  JOIN public.document_chunks AS chunk ON chunk.id = (entry ->> 'id')::uuid AND chunk.course_id = p_course_id
  ON CONFLICT (chunk_id) DO UPDATE SET model = EXCLUDED.model, vector = EXCLUDED.vector;
  GET DIAGNOSTICS v_saved = ROW_COUNT;
  RETURN jsonb_build_object('saved', v_saved);
END
$$;

-- The ranking of 20261123102400_search_by_rarity.sql: passages that share words with the query, best first.
CREATE FUNCTION private.rank_by_words(p_course_id uuid, p_query text) RETURNS TABLE (id uuid, score double precision)
LANGUAGE sql STABLE SET search_path = '' AS $$
  WITH languages AS (
    SELECT language, count(*) AS passages FROM public.document_chunks WHERE course_id = p_course_id GROUP BY language
  ), words AS (
    SELECT languages.language, languages.passages,
      ('''' || replace(replace(word, '\', '\\'), '''', '''''') || '''')::tsquery AS word
    FROM languages, unnest(tsvector_to_array(private.search_words(languages.language, p_query))) AS word
  ), hits AS (
    SELECT chunk.id, words.passages, count(*) OVER (PARTITION BY words.language, words.word) AS containing,
      ts_rank('{0, 0, 0.7, 1}', chunk.search, words.word, 1) AS said
    FROM words JOIN public.document_chunks AS chunk
      ON chunk.course_id = p_course_id AND chunk.language = words.language AND chunk.search @@ words.word
  )
  SELECT hits.id, sum(said * ln(1 + (passages - containing + 0.5) / (containing + 0.5))) FROM hits GROUP BY hits.id
$$;

-- Passages near the query in meaning, by the cosine; none where the course has no vectors of this model and length.
CREATE FUNCTION private.rank_by_meaning(p_course_id uuid, p_model text, p_vector real[])
RETURNS TABLE (id uuid, score double precision)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT made.chunk_id, (SELECT sum(a * b) FROM unnest(made.vector, p_vector) AS pair (a, b))
  FROM public.chunk_embeddings AS made
  WHERE made.course_id = p_course_id AND made.model = p_model AND cardinality(made.vector) = cardinality(p_vector)
$$;

DROP FUNCTION public.search_chunks(uuid, text, integer);

-- Passages of the course's documents for a query, best first; [] when none is found. By words, and with the query's
-- vector by meaning too: then the two rankings are fused by reciprocal ranks, 1 / (60 + rank) each (Cormack, Clarke and
-- Buettcher 2009), so that their scores, which have nothing in common, are not compared.
CREATE FUNCTION public.search_chunks(
  p_course_id uuid, p_query text, p_limit integer, p_model text DEFAULT NULL, p_vector jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH by_words AS (
    SELECT id, score, row_number() OVER (ORDER BY score DESC, id) AS place
    FROM private.rank_by_words(p_course_id, p_query) ORDER BY place LIMIT 200
  ), by_meaning AS (
    SELECT id, row_number() OVER (ORDER BY score DESC, id) AS place
    FROM private.rank_by_meaning(p_course_id, p_model, private.vector_of(private.json_argument(p_vector)))
    WHERE p_vector IS NOT NULL ORDER BY place LIMIT 200
  ), ranked AS (
    SELECT coalesce(by_words.id, by_meaning.id) AS id, by_words.score,
      coalesce(1.0 / (60 + by_words.place), 0) + coalesce(1.0 / (60 + by_meaning.place), 0) AS fused
    FROM by_words FULL JOIN by_meaning USING (id)
  ), best AS (
    SELECT chunk AS found, row_number() OVER (
      ORDER BY ranked.fused DESC, ranked.score DESC NULLS LAST, chunk.document_id, chunk.position
    ) AS place
    FROM ranked JOIN public.document_chunks AS chunk USING (id)
    ORDER BY place LIMIT greatest(0, least(p_limit, 200))
  )
  SELECT coalesce(jsonb_agg(private.passage_of(best.found, document.name) ORDER BY best.place), '[]')
  FROM best JOIN public.course_documents AS document ON document.id = (best.found).document_id
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.list_unembedded(uuid, text, integer), public.save_embeddings(uuid, text, jsonb),
  public.search_chunks(uuid, text, integer, text, jsonb) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.list_unembedded(uuid, text, integer), public.save_embeddings(uuid, text, jsonb),
  public.search_chunks(uuid, text, integer, text, jsonb) TO service_role;
SELECT private.apply_privileges();
