-- As it was, but it locks the course first, as every other change of a generation does: told "it runs" in the moment in which
-- an admission is undone, a request must not see it undone.
CREATE OR REPLACE FUNCTION public.join_generation(p_generation_id text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1
  FROM public.courses AS course JOIN public.generations AS generation ON generation.course_id = course.id
  WHERE generation.id = p_generation_id
  FOR NO KEY UPDATE OF course;
  UPDATE public.generations SET joined_at = clock_timestamp()
  WHERE id = p_generation_id AND status NOT IN ('completed', 'failed', 'cancelled');
  RETURN FOUND;
END
$$;
