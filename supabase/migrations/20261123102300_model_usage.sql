-- What requests to the language model used and cost: one row a request, whatever came of its answer. Only ever added to,
-- so that lessons of one course, written at the same time, wait for nothing. Closed to users, like every table that is not
-- in private.apply_privileges().
CREATE TABLE public.model_usage (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  generation_id text NOT NULL REFERENCES public.generations (id) ON DELETE CASCADE,
  -- NULL: for the course as a whole.
  lesson_id uuid REFERENCES public.lessons (id) ON DELETE CASCADE,
  call text NOT NULL CHECK (char_length(call) BETWEEN 1 AND 50),
  model text NOT NULL,
  input_tokens bigint NOT NULL CHECK (input_tokens >= 0),
  output_tokens bigint NOT NULL CHECK (output_tokens >= 0),
  -- The provider gave no numbers; these were made from the length of the texts.
  estimated boolean NOT NULL DEFAULT false,
  -- In the currency of the configured prices; NULL without prices.
  cost numeric(14, 6) CHECK (cost >= 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.model_usage ENABLE ROW LEVEL SECURITY;
CREATE INDEX model_usage_by_generation ON public.model_usage (generation_id) INCLUDE (input_tokens, output_tokens);
CREATE INDEX model_usage_by_lesson ON public.model_usage (lesson_id);

-- Tokens a generation has used, of both kinds.
CREATE FUNCTION private.tokens_of(p_generation_id text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(sum(input_tokens + output_tokens), 0)::bigint FROM public.model_usage
  WHERE generation_id = p_generation_id
$$;

-- Notes one request ({call, model, inputTokens, outputTokens, estimated, cost}): {tokens}, of the generation in all.
-- Not fenced: what a cancelled generation has used was used all the same. NULL when the generation is gone.
CREATE FUNCTION public.record_model_usage(p_generation_id text, p_lesson_id uuid, p_usage jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  p_usage := private.json_argument(p_usage);
  PERFORM FROM public.generations WHERE id = p_generation_id FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.model_usage (generation_id, lesson_id, call, model, input_tokens, output_tokens, estimated, cost)
  VALUES (
    p_generation_id,
    (SELECT id FROM public.lessons WHERE id = p_lesson_id AND generation_id = p_generation_id),
    p_usage ->> 'call', p_usage ->> 'model', (p_usage ->> 'inputTokens')::bigint, (p_usage ->> 'outputTokens')::bigint,
    coalesce((p_usage ->> 'estimated')::boolean, false), (p_usage ->> 'cost')::numeric
  );
  RETURN jsonb_build_object('tokens', private.tokens_of(p_generation_id));
END
$$;

-- {tokens, cost}: what the generation has used so far; cost is NULL without prices.
CREATE FUNCTION public.load_model_usage(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'tokens', private.tokens_of(p_generation_id),
    'cost', (SELECT sum(cost) FROM public.model_usage WHERE generation_id = p_generation_id)
  )
$$;

-- Why lessons of a generation failed: their reasons, in course order.
CREATE FUNCTION public.list_lesson_errors(p_generation_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(error ORDER BY position), '[]') FROM public.lessons
  WHERE generation_id = p_generation_id AND status = 'failed' AND error IS NOT NULL
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.record_model_usage(text, uuid, jsonb), public.load_model_usage(text),
  public.list_lesson_errors(text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.record_model_usage(text, uuid, jsonb), public.load_model_usage(text),
  public.list_lesson_errors(text) TO service_role;
SELECT private.apply_privileges();
