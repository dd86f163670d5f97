CREATE TABLE public.courses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users (id) ON DELETE CASCADE,
  organization_id uuid,
  -- The application makes slugs from titles (makeSlug in packages/domain); the default is for a bare insert.
  slug text NOT NULL UNIQUE DEFAULT 'course-' || replace(gen_random_uuid()::text, '-', '')
    CHECK (char_length(slug) <= 95 AND slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  status public.course_status NOT NULL DEFAULT 'draft',

  -- The brief; bounds as BRIEF_LIMITS in packages/domain.
  title text NOT NULL CHECK (char_length(title) BETWEEN 3 AND 200 AND title !~ '^\s|\s$'),
  course_description text NOT NULL DEFAULT '' CHECK (char_length(course_description) <= 4000),
  target_audience text NOT NULL DEFAULT '' CHECK (char_length(target_audience) <= 4000),
  prerequisites text NOT NULL DEFAULT '' CHECK (char_length(prerequisites) <= 4000),
  learning_outcomes text[] NOT NULL DEFAULT '{}',
  language public.course_language NOT NULL DEFAULT 'ru',
  style public.course_style NOT NULL DEFAULT 'conversational',
  difficulty public.difficulty NOT NULL DEFAULT 'beginner',
  content_strategy public.content_strategy NOT NULL DEFAULT 'auto',
  estimated_sections integer CHECK (estimated_sections BETWEEN 1 AND 30),
  estimated_lessons integer CHECK (estimated_lessons BETWEEN 1 AND 300),
  lesson_duration_minutes integer NOT NULL DEFAULT 5 CHECK (lesson_duration_minutes IN (3, 5, 10, 15, 20, 30, 45)),
  output_formats text[] NOT NULL DEFAULT '{text}'
    CHECK (cardinality(output_formats) >= 1 AND output_formats <@ ARRAY['text']),

  -- The generation; written by update_course_progress and its kin only.
  generation_id text,
  generation_status public.generation_status,
  generation_progress jsonb,
  generation_started_at timestamptz,
  generation_completed_at timestamptz,
  last_progress_update timestamptz,
  webhook_url text,
  error_message text,
  error_details jsonb,

  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.courses ENABLE ROW LEVEL SECURITY;
CREATE INDEX courses_user_id_created_at ON public.courses (user_id, created_at DESC);

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.courses
  FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();

-- A CHECK cannot look at each line of an array.
CREATE FUNCTION private.check_learning_outcomes() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF cardinality(NEW.learning_outcomes) > 15
    OR EXISTS (
      SELECT FROM unnest(NEW.learning_outcomes) AS line
      WHERE line IS NULL OR line ~ '^\s|\s$' OR char_length(line) NOT BETWEEN 1 AND 500
    )
  THEN
    RAISE EXCEPTION 'learning_outcomes: up to 15 lines of 1 to 500 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION private.check_learning_outcomes() FROM PUBLIC, anon, authenticated;

CREATE TRIGGER check_learning_outcomes BEFORE INSERT OR UPDATE OF learning_outcomes ON public.courses
  FOR EACH ROW EXECUTE FUNCTION private.check_learning_outcomes();
