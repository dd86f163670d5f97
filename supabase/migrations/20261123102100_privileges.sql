-- The exact privileges of anon and authenticated on every table: everything is taken away, then this list is given.
-- A table that is not in the list is closed. Of a course a user writes the brief, and on insert whose it is (the policy
-- holds that to themselves) and its slug.
--
-- In a function, because it has to run again: after each migration that makes a table, and wherever something grants
-- more than we want (below).
CREATE FUNCTION private.apply_privileges() RETURNS void
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
    public.citations, public.system_metrics TO authenticated;
  GRANT UPDATE (locale, display_name) ON public.user_profiles TO authenticated;
  EXECUTE format('GRANT INSERT (user_id, slug, %s), UPDATE (%1$s), DELETE ON public.courses TO authenticated', c_brief);
  GRANT INSERT (course_id, name, size_bytes, type, path), DELETE ON public.course_documents TO authenticated;
END
$$;
REVOKE ALL ON FUNCTION private.apply_privileges() FROM PUBLIC, anon, authenticated;
SELECT private.apply_privileges();

-- @supabase/lite grants ALL ON ALL TABLES to anon and authenticated whenever it starts, once for each of its first
-- requests. That would undo the list, and grants at the same time fail with "tuple concurrently updated". Where we run as
-- superuser (the local stack; never on hosted Supabase), grants wait for one another, and each is put right in its own
-- statement.
CREATE FUNCTION private.keep_privileges() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF TG_EVENT = 'ddl_command_start' THEN
    PERFORM pg_advisory_xact_lock(hashtext('megacampus privileges'));
  ELSIF coalesce(current_setting('megacampus.applying_privileges', true), '') <> 'on' THEN
    -- What it grants itself comes here again.
    PERFORM set_config('megacampus.applying_privileges', 'on', true);
    PERFORM private.apply_privileges();
    PERFORM set_config('megacampus.applying_privileges', '', true);
  END IF;
END
$$;
REVOKE ALL ON FUNCTION private.keep_privileges() FROM PUBLIC, anon, authenticated;

DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    CREATE EVENT TRIGGER grants_in_turn ON ddl_command_start WHEN TAG IN ('GRANT', 'ALTER DEFAULT PRIVILEGES')
      EXECUTE FUNCTION private.keep_privileges();
    CREATE EVENT TRIGGER keep_privileges ON ddl_command_end WHEN TAG IN ('GRANT')
      EXECUTE FUNCTION private.keep_privileges();
  END IF;
END
$$;
