-- One row a run. A row that has ended is also a tombstone: its id can never start again.
CREATE TABLE public.generations (
  id text PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 128),
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  tier public.tier NOT NULL,
  weight integer NOT NULL,
  status public.generation_status NOT NULL DEFAULT 'initializing',
  request_id text,
  webhook_url text,
  -- What the run was asked for, as the course was at the admission.
  brief jsonb NOT NULL,
  has_documents boolean NOT NULL DEFAULT false,
  -- The course's state before this run took it over, for undo_admission.
  previous jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  last_progress_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  model text,
  error text,
  error_details jsonb,
  -- Work that is done; NULL while it is not.
  documents_report jsonb,
  analysis jsonb,
  outlined_at timestamptz,
  overview text,
  glossary jsonb
);
ALTER TABLE public.generations ENABLE ROW LEVEL SECURITY;

CREATE UNIQUE INDEX generations_one_active_per_course ON public.generations (course_id)
  WHERE status NOT IN ('completed', 'failed', 'cancelled');
-- Counts generations in flight, of a user and of all; as large as what is in flight, however many have ended.
CREATE INDEX generations_active_by_user ON public.generations (user_id)
  WHERE status NOT IN ('completed', 'failed', 'cancelled');
CREATE INDEX generations_completed_by_course ON public.generations (course_id, finished_at DESC)
  WHERE status = 'completed';
CREATE INDEX generations_course_id ON public.generations (course_id);
CREATE INDEX generations_user_id ON public.generations (user_id);
