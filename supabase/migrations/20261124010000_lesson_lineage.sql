-- What stays the same when a lesson is written anew, and how its text has come about.
ALTER TABLE public.lessons
  -- Shared by all versions of a lesson, through copies of a generation; the first one's is its own id.
  ADD COLUMN lineage_id uuid,
  -- Rises with each change of the text; who changes it names the version that they have seen.
  ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  ADD COLUMN origin text NOT NULL DEFAULT 'generated' CHECK (origin IN ('generated', 'edited', 'restored')),
  -- What its owner asked for when this text was generated.
  ADD COLUMN instruction text CHECK (char_length(instruction) <= 1000),
  -- Since when the text is as it is, where that is not completed_at.
  ADD COLUMN edited_at timestamptz;
UPDATE public.lessons SET lineage_id = id;
ALTER TABLE public.lessons ALTER COLUMN lineage_id SET NOT NULL;
CREATE UNIQUE INDEX lessons_lineage ON public.lessons (generation_id, lineage_id);

CREATE FUNCTION private.begin_lineage() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.lineage_id := coalesce(NEW.lineage_id, NEW.id);
  RETURN NEW;
END
$$;
CREATE TRIGGER begin_lineage BEFORE INSERT ON public.lessons FOR EACH ROW EXECUTE FUNCTION private.begin_lineage();

-- A rewriting is a generation that begins with a copy of another one, the base, in which one lesson is pending.
ALTER TABLE public.generations
  ADD COLUMN base_generation_id text REFERENCES public.generations (id) ON DELETE SET NULL,
  ADD COLUMN rewritten_lineage_id uuid,
  -- '': write it anew, without a wish.
  ADD COLUMN instruction text CHECK (char_length(instruction) <= 1000),
  ADD CHECK ((rewritten_lineage_id IS NULL) = (instruction IS NULL));
CREATE INDEX generations_base_generation_id ON public.generations (base_generation_id);

REVOKE ALL ON FUNCTION private.begin_lineage() FROM PUBLIC, anon, authenticated;
