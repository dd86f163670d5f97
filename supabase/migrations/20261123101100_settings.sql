-- What an admin may change while the system runs. Key global_concurrency_limit: a positive whole number.
CREATE TABLE public.settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- A bad number must never come to mean "no limit".
  CHECK (
    key <> 'global_concurrency_limit'
    OR (jsonb_typeof(value) = 'number' AND value::numeric >= 1 AND value::numeric <= 10000 AND value::numeric % 1 = 0)
  )
);
ALTER TABLE public.settings ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.settings
  FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
