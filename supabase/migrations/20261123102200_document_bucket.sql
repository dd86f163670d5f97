-- Private; an object is <user id>/<course id>/<file>. The size limit is the largest of all tiers; the owner's own is
-- checked when the upload becomes a document.
INSERT INTO storage.buckets (id, name, public, file_size_limit)
VALUES ('course-documents', 'course-documents', false, 100 * 1024 * 1024)
ON CONFLICT (id) DO UPDATE SET public = EXCLUDED.public, file_size_limit = EXCLUDED.file_size_limit;

-- Nothing is overwritten: there is no policy for UPDATE. Once an object is a document, its path is taken.
CREATE POLICY "own documents: read" ON storage.objects FOR SELECT TO authenticated
  USING (
    bucket_id = 'course-documents'
    AND name ~ '^[^/]+/[^/]+/[^/\\]+$'
    AND split_part(name, '/', 1) = (SELECT auth.uid())::text
    AND split_part(name, '/', 2) IN (SELECT id::text FROM public.courses WHERE user_id = (SELECT auth.uid()))
  );
CREATE POLICY "own documents: upload" ON storage.objects FOR INSERT TO authenticated
  WITH CHECK (
    bucket_id = 'course-documents'
    AND name ~ '^[^/]+/[^/]+/[^/\\]+$'
    AND split_part(name, '/', 3) NOT IN ('.', '..')
    AND split_part(name, '/', 1) = (SELECT auth.uid())::text
    AND split_part(name, '/', 2) IN (SELECT id::text FROM public.courses WHERE user_id = (SELECT auth.uid()))
    AND EXISTS (
      SELECT FROM public.user_profiles AS profile JOIN public.tier_policies AS policy ON policy.tier = profile.tier
      WHERE profile.id = (SELECT auth.uid()) AND policy.documents_per_course > 0
    )
    AND NOT EXISTS (SELECT FROM public.course_documents AS document WHERE document.path = objects.name)
  );
CREATE POLICY "own documents: delete" ON storage.objects FOR DELETE TO authenticated
  USING (
    bucket_id = 'course-documents'
    AND name ~ '^[^/]+/[^/]+/[^/\\]+$'
    AND split_part(name, '/', 1) = (SELECT auth.uid())::text
    AND split_part(name, '/', 2) IN (SELECT id::text FROM public.courses WHERE user_id = (SELECT auth.uid()))
  );

-- Hosted Supabase has these; @supabase/lite grants them only in the course of its first request.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    GRANT USAGE ON SCHEMA storage TO anon, authenticated, service_role;
    GRANT ALL ON storage.objects, storage.buckets TO anon, authenticated, service_role;
  END IF;
END
$$;
