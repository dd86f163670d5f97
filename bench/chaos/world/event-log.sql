-- What really happened, written by triggers beside each change and in its transaction: rows of generations go when a
-- course is deleted, and what was in flight at which instant could not be told afterwards. In the campaign's own
-- database only.
CREATE SCHEMA chaos;
CREATE TABLE chaos.events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL,
  generation_id text NOT NULL,
  course_id uuid NOT NULL,
  user_id uuid,
  -- The lesson, of what is about one.
  subject text,
  status_before text,
  status_after text
);
CREATE INDEX events_course_id ON chaos.events (course_id);

CREATE FUNCTION chaos.log_generation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO chaos.events (kind, generation_id, course_id, user_id, status_after)
    VALUES ('made', NEW.id, NEW.course_id, NEW.user_id, NEW.status);
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO chaos.events (kind, generation_id, course_id, user_id, status_before)
    VALUES ('deleted', OLD.id, OLD.course_id, OLD.user_id, OLD.status);
  ELSE
    IF NEW.status <> OLD.status THEN
      INSERT INTO chaos.events (kind, generation_id, course_id, user_id, status_before, status_after)
      VALUES ('moved', NEW.id, NEW.course_id, NEW.user_id, OLD.status, NEW.status);
    END IF;
    IF NEW.outlined_at IS DISTINCT FROM OLD.outlined_at THEN
      INSERT INTO chaos.events (kind, generation_id, course_id) VALUES ('outlined', NEW.id, NEW.course_id);
    END IF;
    IF NEW.overview IS DISTINCT FROM OLD.overview THEN
      INSERT INTO chaos.events (kind, generation_id, course_id) VALUES ('summarized', NEW.id, NEW.course_id);
    END IF;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER chaos_log AFTER INSERT OR UPDATE OR DELETE ON public.generations
  FOR EACH ROW EXECUTE FUNCTION chaos.log_generation();

CREATE FUNCTION chaos.log_lesson() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO chaos.events (kind, generation_id, course_id, subject, status_after)
    VALUES ('lesson made', NEW.generation_id, NEW.course_id, NEW.id, NEW.status);
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO chaos.events (kind, generation_id, course_id, subject, status_before)
    VALUES ('lesson deleted', OLD.generation_id, OLD.course_id, OLD.id, OLD.status);
  ELSIF NEW.status <> OLD.status OR NEW.content IS DISTINCT FROM OLD.content THEN
    INSERT INTO chaos.events (kind, generation_id, course_id, subject, status_before, status_after)
    VALUES ('lesson written', NEW.generation_id, NEW.course_id, NEW.id, OLD.status, NEW.status);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER chaos_log AFTER INSERT OR UPDATE OR DELETE ON public.lessons
  FOR EACH ROW EXECUTE FUNCTION chaos.log_lesson();
