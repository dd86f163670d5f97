-- Search that counts a word by how rare it is in the course. ts_rank_cd gave every word the same weight, so that a
-- question's most common word decided; and stop words that are names (WHERE, HAVING) were not found at all.
-- The figures before and after: bench/retrieval.

-- Words of a text for the index and for a query alike. Words in capitals are kept even where they are stop words, and
-- "ё" is written as "е", as most people type it. lower(): see index_chunk's first version.
CREATE FUNCTION private.search_words(p_language text, p_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT to_tsvector(p_language::regconfig, translate(lower(p_text), 'ё', 'е'))
    || to_tsvector('pg_catalog.simple', lower(coalesce(string_agg(capitals.word[1], ' '), '')))
  FROM regexp_matches(p_text, '\m[A-Z]{2,}\M', 'g') AS capitals (word)
$$;

CREATE OR REPLACE FUNCTION private.index_chunk() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.search := setweight(private.search_words(NEW.language, array_to_string(NEW.heading_path, ' ')), 'A')
    || setweight(private.search_words(NEW.language, NEW.content), 'B');
  RETURN NEW;
END
$$;

UPDATE public.document_chunks SET content = content;

-- Passages of the course's documents that share words with the query, best first; [] when none does. As BM25: a word
-- counts by its rarity among the course's passages, and a word said often by little more than a word said once.
CREATE OR REPLACE FUNCTION public.search_chunks(p_course_id uuid, p_query text, p_limit integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH languages AS (
    SELECT language, count(*) AS passages FROM public.document_chunks WHERE course_id = p_course_id GROUP BY language
  ), words AS (
    SELECT languages.language, languages.passages,
      -- The word as a query of its own, in the quotes of tsquery's input.
      ('''' || replace(replace(word, '\', '\\'), '''', '''''') || '''')::tsquery AS word
    FROM languages, unnest(tsvector_to_array(private.search_words(languages.language, p_query))) AS word
  ), hits AS (
    SELECT chunk.id, words.passages, count(*) OVER (PARTITION BY words.language, words.word) AS containing,
      -- Of D, C, B, A: text (B) counts less than headings (A). 1: less in a long passage.
      ts_rank('{0, 0, 0.7, 1}', chunk.search, words.word, 1) AS said
    FROM words JOIN public.document_chunks AS chunk
      ON chunk.course_id = p_course_id AND chunk.language = words.language AND chunk.search @@ words.word
  ), ranked AS (
    SELECT id, sum(said * ln(1 + (passages - containing + 0.5) / (containing + 0.5))) AS rank FROM hits GROUP BY id
  ), best AS (
    SELECT chunk AS found, ranked.rank
    FROM ranked JOIN public.document_chunks AS chunk USING (id)
    ORDER BY ranked.rank DESC, chunk.document_id, chunk.position
    LIMIT greatest(0, least(p_limit, 200))
  )
  SELECT coalesce(jsonb_agg(private.passage_of(best.found, document.name) ORDER BY best.rank DESC,
    (best.found).document_id, (best.found).position), '[]')
  FROM best JOIN public.course_documents AS document ON document.id = (best.found).document_id
$$;

REVOKE ALL ON FUNCTION private.search_words(text, text) FROM PUBLIC, anon, authenticated;
