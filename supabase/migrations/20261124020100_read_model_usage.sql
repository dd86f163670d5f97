-- What a course used of a language model is its owner's to know, and the admins'.

CREATE POLICY "own usage: read" ON public.model_usage FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.generations WHERE id = generation_id AND user_id = (SELECT auth.uid())
  ));
CREATE POLICY "usage: admins read" ON public.model_usage FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.user_profiles WHERE id = (SELECT auth.uid()) AND role = 'admin'
  ));

-- The sums of each generation: a row for each lesson, and one without a lesson for what was for the course as a whole.
-- With the rights of who reads it, so that the policies above hold.
CREATE VIEW public.generation_usage WITH (security_invoker = true) AS
  SELECT generation_id, lesson_id, count(*) AS requests, sum(input_tokens)::bigint AS input_tokens,
    sum(output_tokens)::bigint AS output_tokens, sum(cost) AS cost,
    -- False where requests without a price are in it, so that `cost` is less than the whole.
    bool_and(cost IS NOT NULL) AS has_whole_cost,
    -- Some numbers come from the length of the texts.
    bool_or(estimated) AS is_estimated,
    min(model) AS model
  FROM public.model_usage GROUP BY generation_id, lesson_id;

CREATE OR REPLACE FUNCTION private.apply_privileges() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  c_brief constant text := 'title, course_description, target_audience, prerequisites, learning_outcomes, language, '
    'style, difficulty, content_strategy, estimated_sections, estimated_lessons, lesson_duration_minutes, output_formats';
  v_table regclass;
BEGIN
  FOR v_table IN
    SELECT oid FROM pg_catalog.pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  LOOP
    EXECUTE format(
      'REVOKE ALL ON %s %s FROM PUBLIC, anon, authenticated',
      CASE WHEN (SELECT relkind FROM pg_catalog.pg_class WHERE oid = v_table) = 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
      v_table
    );
  END LOOP;
  GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO service_role;

  GRANT SELECT ON public.tier_policies, public.user_profiles, public.courses, public.course_documents,
    public.document_chunks, public.generations, public.sections, public.lessons, public.quiz_questions,
    public.citations, public.system_metrics, public.model_usage, public.generation_usage TO authenticated;
  GRANT UPDATE (locale, display_name) ON public.user_profiles TO authenticated;
  EXECUTE format('GRANT INSERT (user_id, slug, %s), UPDATE (%1$s), DELETE ON public.courses TO authenticated', c_brief);
  GRANT INSERT (course_id, name, size_bytes, type, path), DELETE ON public.course_documents TO authenticated;
END
$$;
SELECT private.apply_privileges();
