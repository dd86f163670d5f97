-- The audit of what went wrong. It outlives the user and the course it speaks of.
CREATE TABLE public.system_metrics (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_type public.metric_event NOT NULL,
  severity public.severity NOT NULL,
  user_id uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  course_id uuid REFERENCES public.courses (id) ON DELETE SET NULL,
  job_id text,
  metadata jsonb NOT NULL DEFAULT '{}',
  "timestamp" timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.system_metrics ENABLE ROW LEVEL SECURITY;
CREATE INDEX system_metrics_event_type ON public.system_metrics (event_type);
CREATE INDEX system_metrics_severity ON public.system_metrics (severity);
CREATE INDEX system_metrics_timestamp ON public.system_metrics ("timestamp" DESC);
CREATE INDEX system_metrics_course_id ON public.system_metrics (course_id);
CREATE INDEX system_metrics_user_id ON public.system_metrics (user_id);
