-- The outbox of webhooks: written in the transaction that changes the status, sent by the worker.
CREATE TABLE public.webhook_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  url text NOT NULL,
  payload jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- NULL once delivered or given up.
  next_attempt_at timestamptz DEFAULT now(),
  delivered_at timestamptz,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX webhook_deliveries_generation_id ON public.webhook_deliveries (generation_id, id);
CREATE INDEX webhook_deliveries_course_id ON public.webhook_deliveries (course_id);

-- The course row is written before the generation's, so its progress is the one of this change.
CREATE FUNCTION private.enqueue_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_progress jsonb;
BEGIN
  IF NEW.webhook_url IS NULL OR NEW.undone_at IS NOT NULL THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.status = NEW.status THEN
    RETURN NULL;
  END IF;
  SELECT private.whole_progress(generation_progress) INTO v_progress
  FROM public.courses WHERE id = NEW.course_id AND generation_id = NEW.id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.webhook_deliveries (generation_id, course_id, url, payload)
  VALUES (
    NEW.id, NEW.course_id, NEW.webhook_url,
    jsonb_strip_nulls(jsonb_build_object(
      'courseId', NEW.course_id,
      'status', NEW.status,
      'progress', jsonb_build_object(
        'step', v_progress -> 'current_step', 'message', v_progress -> 'message', 'percentage', v_progress -> 'percentage'
      ),
      'data', jsonb_build_object('generationId', NEW.id),
      'error', CASE WHEN NEW.status = 'failed' THEN NEW.error END
    ))
  );
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION private.enqueue_webhook() FROM PUBLIC, anon, authenticated;

CREATE TRIGGER enqueue_webhook AFTER INSERT OR UPDATE OF status ON public.generations
  FOR EACH ROW EXECUTE FUNCTION private.enqueue_webhook();
