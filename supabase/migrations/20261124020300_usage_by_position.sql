-- With the lesson's position, by which pages name it.
CREATE OR REPLACE VIEW public.generation_usage WITH (security_invoker = true) AS
  SELECT usage.generation_id, usage.lesson_id, count(*) AS requests, sum(usage.input_tokens)::bigint AS input_tokens,
    sum(usage.output_tokens)::bigint AS output_tokens, sum(usage.cost) AS cost,
    bool_and(usage.cost IS NOT NULL) AS has_whole_cost,
    bool_or(usage.estimated) AS is_estimated,
    min(usage.model) AS model,
    min(lesson.position) AS lesson_position
  FROM public.model_usage AS usage LEFT JOIN public.lessons AS lesson ON lesson.id = usage.lesson_id
  GROUP BY usage.generation_id, usage.lesson_id;
