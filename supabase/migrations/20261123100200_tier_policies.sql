-- The limits of each tier, for the checks the database makes itself. Tested equal to tierPolicy() in packages/domain.
CREATE TABLE public.tier_policies (
  tier public.tier PRIMARY KEY,
  concurrent_generations integer NOT NULL CHECK (concurrent_generations > 0),
  weight integer NOT NULL CHECK (weight > 0),
  documents_per_course integer NOT NULL CHECK (documents_per_course >= 0),
  max_file_size_bytes bigint NOT NULL CHECK (max_file_size_bytes > 0),
  document_types public.document_type[] NOT NULL
);
ALTER TABLE public.tier_policies ENABLE ROW LEVEL SECURITY;

INSERT INTO public.tier_policies VALUES
  ('FREE', 1, 1, 0, 5 * 1024 * 1024, '{}'),
  ('BASIC', 2, 3, 1, 10 * 1024 * 1024, '{txt,md}'),
  ('STANDARD', 3, 5, 3, 10 * 1024 * 1024, '{pdf,docx,pptx,html,txt,md}'),
  ('TRIAL', 5, 5, 3, 10 * 1024 * 1024, '{pdf,docx,pptx,html,txt,md}'),
  ('PREMIUM', 5, 10, 10, 100 * 1024 * 1024, '{pdf,docx,pptx,html,txt,md}');
