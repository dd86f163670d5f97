-- Hands out deliveries that are due, at most p_limit, each for p_lease_seconds: then it is due again, should the worker
-- die with it. Of one generation only the oldest, so that a receiver sees the changes in their order.
CREATE FUNCTION public.claim_webhook_deliveries(p_limit integer, p_lease_seconds integer) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH due AS (
    SELECT id FROM public.webhook_deliveries AS delivery
    WHERE next_attempt_at <= now() AND NOT EXISTS (
      SELECT FROM public.webhook_deliveries AS earlier
      WHERE earlier.generation_id = delivery.generation_id AND earlier.id < delivery.id
        AND earlier.next_attempt_at IS NOT NULL
    )
    ORDER BY next_attempt_at
    LIMIT greatest(0, p_limit)
    FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE public.webhook_deliveries AS delivery
    SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => greatest(1, p_lease_seconds))
    FROM due WHERE delivery.id = due.id
    RETURNING delivery.*
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'id', id, 'generation_id', generation_id, 'course_id', course_id, 'url', url, 'payload', payload,
    'attempts', attempts
  ) ORDER BY id), '[]')
  FROM claimed
$$;

-- Ends an attempt: {retry_at}, NULL when there is nothing more to do. A failed one is due again after 5 s, 10 s, 20 s …
-- up to 10 min; after 10 attempts, or at once without p_retry, it is given up.
CREATE FUNCTION public.finish_webhook_delivery(p_id bigint, p_ok boolean, p_error text, p_retry boolean DEFAULT true)
RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE public.webhook_deliveries SET
    delivered_at = CASE WHEN p_ok THEN now() END,
    last_error = CASE WHEN NOT p_ok THEN p_error END,
    next_attempt_at = CASE
      WHEN NOT p_ok AND p_retry AND attempts < 10
      THEN now() + least(interval '10 minutes', interval '5 seconds' * 2 ^ (attempts - 1))
    END
  WHERE id = p_id AND next_attempt_at IS NOT NULL
  RETURNING jsonb_build_object('retry_at', private.iso(next_attempt_at))
$$;

REVOKE ALL ON FUNCTION public.claim_webhook_deliveries(integer, integer),
  public.finish_webhook_delivery(bigint, boolean, text, boolean) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.claim_webhook_deliveries(integer, integer),
  public.finish_webhook_delivery(bigint, boolean, text, boolean) TO service_role;
