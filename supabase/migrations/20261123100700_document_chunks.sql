CREATE TABLE public.document_chunks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  document_id uuid NOT NULL REFERENCES public.course_documents (id) ON DELETE CASCADE,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  position integer NOT NULL CHECK (position >= 0),
  heading_path text[] NOT NULL DEFAULT '{}',
  page integer,
  -- Place in the document's text, in characters, end exclusive.
  char_start integer NOT NULL CHECK (char_start >= 0),
  char_end integer NOT NULL CHECK (char_end >= char_start),
  content text NOT NULL CHECK (content <> ''),
  -- Text-search configuration; as text, because pg_upgrade refuses columns of type regconfig.
  language text NOT NULL,
  search tsvector NOT NULL,
  UNIQUE (document_id, position)
);
ALTER TABLE public.document_chunks ENABLE ROW LEVEL SECURITY;
CREATE INDEX document_chunks_course_id ON public.document_chunks (course_id);
CREATE INDEX document_chunks_search ON public.document_chunks USING gin (search);

-- The text-search configuration for a course's language; 'simple' where Postgres has no stemmer.
CREATE FUNCTION private.text_search_config(p_language text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT CASE p_language
    WHEN 'ru' THEN 'pg_catalog.russian' WHEN 'en' THEN 'pg_catalog.english' WHEN 'es' THEN 'pg_catalog.spanish'
    WHEN 'fr' THEN 'pg_catalog.french' WHEN 'de' THEN 'pg_catalog.german' WHEN 'ar' THEN 'pg_catalog.arabic'
    WHEN 'pt' THEN 'pg_catalog.portuguese' WHEN 'it' THEN 'pg_catalog.italian' WHEN 'tr' THEN 'pg_catalog.turkish'
    WHEN 'id' THEN 'pg_catalog.indonesian' WHEN 'hi' THEN 'pg_catalog.hindi' ELSE 'pg_catalog.simple'
  END
$$;

CREATE FUNCTION private.index_chunk() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  -- lower(): the text-search parser itself folds only ASCII in a database whose lc_ctype is C, as the local one's is.
  NEW.search := setweight(to_tsvector(NEW.language::regconfig, lower(array_to_string(NEW.heading_path, ' '))), 'A')
    || setweight(to_tsvector(NEW.language::regconfig, lower(NEW.content)), 'B');
  RETURN NEW;
END
$$;

CREATE TRIGGER index_chunk BEFORE INSERT OR UPDATE OF content, heading_path, language ON public.document_chunks
  FOR EACH ROW EXECUTE FUNCTION private.index_chunk();

REVOKE ALL ON FUNCTION private.text_search_config(text), private.index_chunk() FROM PUBLIC, anon, authenticated;
