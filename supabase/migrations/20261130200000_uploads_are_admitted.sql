-- A user's token alone could fill the bucket past the limits of the web app. Now a file is stored only where the server has
-- said so, and a worker removes what has been no document for a day.

-- Files that may be stored, and those that were and are no document (any more). A row stays as long as its file does, also
-- when the user is gone: hence no foreign key.
CREATE TABLE public.document_uploads (
  -- Name of the object in bucket course-documents.
  path text PRIMARY KEY CHECK (char_length(path) <= 1024),
  user_id uuid NOT NULL,
  -- Until then it may be stored; from then on it is stray.
  admitted_until timestamptz NOT NULL
);
ALTER TABLE public.document_uploads ENABLE ROW LEVEL SECURITY;
CREATE INDEX document_uploads_user_id ON public.document_uploads (user_id);
-- For the policy of the bucket, which asks as the user.
CREATE POLICY "own uploads: read" ON public.document_uploads FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

-- What has become a document is no upload; what was one, and has lost its row with or without its file, is stray from then on.
CREATE FUNCTION private.sync_document_uploads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    DELETE FROM public.document_uploads WHERE path = NEW.path;
  ELSE
    INSERT INTO public.document_uploads (path, user_id, admitted_until) VALUES (OLD.path, OLD.user_id, now())
    ON CONFLICT (path) DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER sync_document_uploads AFTER INSERT OR DELETE ON public.course_documents
  FOR EACH ROW EXECUTE FUNCTION private.sync_document_uploads();

-- How many uploads of a user may be unfinished: those that may still come, and stray files.
CREATE FUNCTION private.unfinished_uploads_max() RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS 'SELECT 30';

-- How long a stray file stays.
CREATE FUNCTION private.stray_file_time() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT interval '1 day' $$;

-- 'admitted': the user may store a file there within the hour. 'not_found': no course of theirs. 'too_many': of what they
-- have begun, too much is unfinished. Safe to repeat.
CREATE FUNCTION public.admit_upload(p_user_id uuid, p_course_id uuid, p_path text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT starts_with(p_path, p_user_id || '/' || p_course_id || '/') THEN
    RAISE EXCEPTION 'path must be <user id>/<course id>/<file>' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- One upload of a user after the other: together they must not pass the limit.
  PERFORM FROM public.user_profiles WHERE id = p_user_id FOR NO KEY UPDATE;
  PERFORM FROM public.courses WHERE id = p_course_id AND user_id = p_user_id AND deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  IF (
    SELECT count(*) FROM public.document_uploads AS upload
    WHERE user_id = p_user_id AND path <> p_path
      AND (
        admitted_until > now()
        OR EXISTS (SELECT FROM storage.objects WHERE bucket_id = 'course-documents' AND name = upload.path)
      )
  ) >= private.unfinished_uploads_max() THEN
    RETURN 'too_many';
  END IF;
  INSERT INTO public.document_uploads (path, user_id, admitted_until)
  VALUES (p_path, p_user_id, now() + interval '1 hour')
  ON CONFLICT (path) DO UPDATE SET admitted_until = EXCLUDED.admitted_until;
  RETURN 'admitted';
END
$$;

-- Nothing may be stored there any more: the upload was broken off. False when nothing could.
CREATE FUNCTION public.withdraw_upload(p_user_id uuid, p_path text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.document_uploads SET admitted_until = now()
  WHERE path = p_path AND user_id = p_user_id AND admitted_until > now();
  RETURN FOUND;
END
$$;

-- Names of up to p_limit files that have been stray for a day, any of them; forgets uploads of that age that have no file.
-- Only of what this database knows: a bucket that is put back before its database must not be emptied.
CREATE FUNCTION public.list_stray_files(p_limit integer) RETURNS jsonb
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM public.document_uploads AS upload
  WHERE admitted_until < now() - private.stray_file_time()
    AND NOT EXISTS (SELECT FROM storage.objects WHERE bucket_id = 'course-documents' AND name = upload.path);
  SELECT coalesce(jsonb_agg(stray.path), '[]') FROM (
    SELECT path FROM public.document_uploads AS upload
    WHERE admitted_until < now() - private.stray_file_time()
      AND NOT EXISTS (SELECT FROM public.course_documents AS document WHERE document.path = upload.path)
    ORDER BY random() LIMIT least(greatest(p_limit, 1), 1000)
  ) AS stray
$$;

-- Besides what "own documents: upload" asks for; without it that policy is as it was.
CREATE POLICY "own documents: only what was admitted" ON storage.objects AS RESTRICTIVE FOR INSERT TO authenticated
  WITH CHECK (
    bucket_id <> 'course-documents'
    OR EXISTS (
      SELECT FROM public.document_uploads AS upload
      WHERE upload.path = objects.name AND upload.user_id = (SELECT auth.uid()) AND upload.admitted_until > now()
    )
  );

-- What users may read through the API, as far as row-level security lets them: a migration that makes such a table adds it
-- here and applies the privileges.
CREATE TABLE private.readable_tables (name text PRIMARY KEY);
INSERT INTO private.readable_tables (name) VALUES
  ('tier_policies'), ('user_profiles'), ('courses'), ('course_documents'), ('document_uploads'), ('document_chunks'),
  ('generations'), ('generation_usage'), ('generation_incidents'), ('sections'), ('lessons'), ('lesson_progress'),
  ('quiz_questions'), ('citations'), ('course_shares'), ('model_usage'), ('system_metrics');

CREATE OR REPLACE FUNCTION private.apply_privileges() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  c_brief constant text := 'title, course_description, target_audience, prerequisites, learning_outcomes, language, '
    'style, difficulty, content_strategy, estimated_sections, estimated_lessons, lesson_duration_minutes, output_formats';
  v_name text;
BEGIN
  REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, anon, authenticated;
  REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, anon, authenticated;
  GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO service_role;

  FOR v_name IN SELECT name FROM private.readable_tables LOOP
    EXECUTE format('GRANT SELECT ON public.%I TO authenticated', v_name);
  END LOOP;
  GRANT UPDATE (locale, display_name) ON public.user_profiles TO authenticated;
  EXECUTE format('GRANT INSERT (user_id, slug, %s), UPDATE (%1$s), DELETE ON public.courses TO authenticated', c_brief);
  GRANT INSERT (course_id, name, size_bytes, type, path), DELETE ON public.course_documents TO authenticated;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.admit_upload(uuid, uuid, text), public.withdraw_upload(uuid, text),
  public.list_stray_files(integer) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.admit_upload(uuid, uuid, text), public.withdraw_upload(uuid, text),
  public.list_stray_files(integer) TO service_role;
SELECT private.apply_privileges();
