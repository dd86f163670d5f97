CREATE TABLE public.course_documents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  -- The course's owner; the trigger below fills it in.
  user_id uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  type public.document_type NOT NULL,
  -- Name of the object in bucket course-documents.
  path text NOT NULL UNIQUE CHECK (char_length(path) <= 1024),
  status public.document_status NOT NULL DEFAULT 'uploaded',
  error text,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.course_documents ENABLE ROW LEVEL SECURITY;
CREATE INDEX course_documents_course_id ON public.course_documents (course_id, created_at);
CREATE INDEX course_documents_user_id ON public.course_documents (user_id);

-- Holds a document to its course's owner and to the limits of the owner's tier. The course row is locked first, so that
-- parallel uploads cannot pass the limit together. Where the object is already stored, its real size counts, and a
-- user (not the server) must have stored it before saying so.
CREATE FUNCTION private.check_course_document() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_owner uuid;
  v_policy public.tier_policies;
  v_stored boolean;
  v_stored_bytes bigint;
BEGIN
  SELECT user_id INTO v_owner FROM public.courses WHERE id = NEW.course_id FOR NO KEY UPDATE;
  IF v_owner IS NULL THEN
    RAISE EXCEPTION 'no such course' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF auth.uid() <> v_owner THEN
    RAISE EXCEPTION 'not the owner of the course' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.user_id := v_owner;

  IF NEW.path NOT LIKE v_owner || '/' || NEW.course_id || '/_%' OR split_part(NEW.path, '/', 4) <> ''
    OR NEW.path LIKE '%/' OR split_part(NEW.path, '/', 3) IN ('.', '..')
  THEN
    RAISE EXCEPTION 'path must be <user id>/<course id>/<file>' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  SELECT true, (private.json_argument(metadata) ->> 'size')::bigint INTO v_stored, v_stored_bytes
  FROM storage.objects WHERE bucket_id = 'course-documents' AND name = NEW.path;
  IF v_stored IS NULL AND auth.uid() IS NOT NULL THEN
    RAISE EXCEPTION 'the file has not been uploaded' USING ERRCODE = 'foreign_key_violation';
  END IF;
  NEW.size_bytes := coalesce(v_stored_bytes, NEW.size_bytes);

  SELECT policy.* INTO v_policy FROM public.tier_policies AS policy
  WHERE policy.tier = coalesce((SELECT tier FROM public.user_profiles WHERE id = v_owner), 'FREE');
  IF (SELECT count(*) FROM public.course_documents WHERE course_id = NEW.course_id) >= v_policy.documents_per_course THEN
    RAISE EXCEPTION 'the % tier allows % documents per course', v_policy.tier, v_policy.documents_per_course
      USING ERRCODE = 'invalid_parameter_value', HINT = 'documents_per_course';
  END IF;
  IF NEW.type <> ALL (v_policy.document_types) THEN
    RAISE EXCEPTION 'the % tier does not allow % files', v_policy.tier, NEW.type
      USING ERRCODE = 'invalid_parameter_value', HINT = 'document_types';
  END IF;
  IF NEW.size_bytes > v_policy.max_file_size_bytes THEN
    RAISE EXCEPTION 'the % tier allows files of up to % bytes', v_policy.tier, v_policy.max_file_size_bytes
      USING ERRCODE = 'invalid_parameter_value', HINT = 'max_file_size_bytes';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER check_course_document BEFORE INSERT ON public.course_documents
  FOR EACH ROW EXECUTE FUNCTION private.check_course_document();

-- Keeps generation_progress.files equal to the table. Before the first generation the rest of the progress follows
-- (has_documents, the name of step 2); later it belongs to the generation and stays.
CREATE FUNCTION private.sync_progress_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_course_id uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.course_id ELSE NEW.course_id END;
  v_files jsonb;
BEGIN
  -- Gone when the course itself is being deleted.
  PERFORM FROM public.courses WHERE id = v_course_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(
    jsonb_agg(
      jsonb_build_object('id', id, 'name', name, 'size', size_bytes, 'type', type, 'path', path) ORDER BY created_at, id
    ), '[]'::jsonb
  ) INTO v_files
  FROM public.course_documents WHERE course_id = v_course_id;

  UPDATE public.courses SET generation_progress = CASE
    WHEN generation_status IS NULL THEN private.progress_skeleton(v_files, jsonb_array_length(v_files) > 0)
    ELSE private.whole_progress(generation_progress) || jsonb_build_object('files', v_files)
  END
  WHERE id = v_course_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER sync_progress_files AFTER INSERT OR DELETE OR UPDATE OF name, size_bytes, type, path
  ON public.course_documents FOR EACH ROW EXECUTE FUNCTION private.sync_progress_files();

REVOKE ALL ON FUNCTION private.check_course_document(), private.sync_progress_files() FROM PUBLIC, anon, authenticated;
