-- What a generation makes. It belongs to the generation, so a new run never touches what an older one completed.
CREATE TABLE public.sections (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  position integer NOT NULL CHECK (position >= 1),
  title text NOT NULL CHECK (title <> ''),
  summary text NOT NULL DEFAULT '',
  UNIQUE (generation_id, position)
);
ALTER TABLE public.sections ENABLE ROW LEVEL SECURITY;
CREATE INDEX sections_course_id ON public.sections (course_id);

CREATE TABLE public.lessons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  course_id uuid NOT NULL REFERENCES public.courses (id) ON DELETE CASCADE,
  section_id uuid NOT NULL REFERENCES public.sections (id) ON DELETE CASCADE,
  -- Over the whole course, from 1.
  position integer NOT NULL CHECK (position >= 1),
  title text NOT NULL CHECK (title <> ''),
  objectives text[] NOT NULL DEFAULT '{}',
  key_topics text[] NOT NULL DEFAULT '{}',
  chunk_ids uuid[] NOT NULL DEFAULT '{}',
  duration_minutes integer NOT NULL CHECK (duration_minutes > 0),
  status public.lesson_status NOT NULL DEFAULT 'pending',
  -- Markdown.
  content text,
  key_points text[] NOT NULL DEFAULT '{}',
  notice text,
  error text,
  completed_at timestamptz,
  UNIQUE (generation_id, position),
  CHECK (status <> 'completed' OR content ~ '\S')
);
ALTER TABLE public.lessons ENABLE ROW LEVEL SECURITY;
CREATE INDEX lessons_section_id ON public.lessons (section_id);
CREATE INDEX lessons_course_id ON public.lessons (course_id);

CREATE TABLE public.quiz_questions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  lesson_id uuid NOT NULL REFERENCES public.lessons (id) ON DELETE CASCADE,
  position integer NOT NULL CHECK (position >= 1),
  kind public.question_kind NOT NULL,
  prompt text NOT NULL CHECK (prompt <> ''),
  options jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(options) = 'array'),
  -- Indexes of the right options, or the text of a short answer.
  answer jsonb NOT NULL,
  explanation text NOT NULL DEFAULT '',
  UNIQUE (lesson_id, position)
);
ALTER TABLE public.quiz_questions ENABLE ROW LEVEL SECURITY;
CREATE INDEX quiz_questions_generation_id ON public.quiz_questions (generation_id);

-- A citation keeps the document's name and place, so that it can still be read when the document is gone.
CREATE TABLE public.citations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  lesson_id uuid NOT NULL REFERENCES public.lessons (id) ON DELETE CASCADE,
  -- [^1] in the lesson's Markdown is position 1.
  position integer NOT NULL CHECK (position >= 1),
  document_id uuid REFERENCES public.course_documents (id) ON DELETE SET NULL,
  chunk_id uuid REFERENCES public.document_chunks (id) ON DELETE SET NULL,
  document_name text NOT NULL,
  heading_path text[] NOT NULL DEFAULT '{}',
  page integer,
  quote text NOT NULL,
  UNIQUE (lesson_id, position)
);
ALTER TABLE public.citations ENABLE ROW LEVEL SECURITY;
CREATE INDEX citations_generation_id ON public.citations (generation_id);
CREATE INDEX citations_document_id ON public.citations (document_id);
CREATE INDEX citations_chunk_id ON public.citations (chunk_id);
