-- What admins look through. Pages go by (time, id) from the newest on, so that the hundredth costs as much as the first;
-- optional filters are planned anew with each call, so that each finds its index.

CREATE INDEX generations_latest ON public.generations (created_at DESC, id DESC);
CREATE INDEX generations_latest_by_status ON public.generations (status, created_at DESC, id DESC);
CREATE INDEX generations_latest_by_tier ON public.generations (tier, created_at DESC, id DESC);
CREATE INDEX generations_request_id ON public.generations (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX courses_title_words ON public.courses USING gin (to_tsvector('pg_catalog.simple', title));
CREATE INDEX user_profiles_latest ON public.user_profiles (created_at DESC, id DESC);
CREATE INDEX system_metrics_latest ON public.system_metrics ("timestamp" DESC, id DESC);
CREATE INDEX system_metrics_latest_by_type ON public.system_metrics (event_type, "timestamp" DESC, id DESC);
CREATE INDEX model_usage_by_time ON public.model_usage (created_at);

-- The words of a search as beginnings of words, all of which must occur; NULL without a letter or digit.
CREATE FUNCTION private.words_query(p_search text) RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT to_tsquery('pg_catalog.simple', string_agg(word || ':*', ' & '))
  FROM regexp_split_to_table(lower(p_search), '[^[:alnum:]]+') AS word WHERE word <> ''
$$;

-- The generations that a search means: an id, a request's id, part of a user's address, words of a course's title. Users
-- and courses first, so that generations are then read by index.
CREATE FUNCTION private.find_generations(p_search text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_words constant tsquery := private.words_query(p_search);
  v_users constant uuid[] := ARRAY(SELECT id FROM auth.users WHERE strpos(lower(email::text), lower(p_search)) > 0);
  v_courses constant uuid[] := ARRAY(
    SELECT id FROM public.courses WHERE to_tsvector('pg_catalog.simple', title) @@ v_words
  );
BEGIN
  RETURN ARRAY(
    SELECT id FROM public.generations WHERE id = p_search
    UNION SELECT id FROM public.generations WHERE request_id = p_search
    UNION SELECT id FROM public.generations WHERE user_id = ANY (v_users)
    UNION SELECT id FROM public.generations WHERE course_id = ANY (v_courses)
  );
END
$$;

-- The newest generations that match, before (p_before, p_before_id): [{id, courseTitle, courseSlug, email, tier, status,
-- percentage, createdAt, finishedAt, error}]. p_status is a status, or in_flight; NULL means any.
CREATE FUNCTION public.admin_list_generations(
  p_actor uuid, p_search text, p_status text, p_tier public.tier, p_from timestamptz, p_to timestamptz,
  p_before timestamptz, p_before_id text, p_limit integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_found text[] := CASE WHEN p_search IS NOT NULL THEN private.find_generations(p_search) END;
  v_status public.generation_status := CASE WHEN p_status <> 'in_flight' THEN p_status::public.generation_status END;
  v_in_flight boolean := coalesce(p_status = 'in_flight', false);
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', page.id, 'courseTitle', course.title, 'courseSlug', course.slug, 'email', account.email, 'tier', page.tier,
      'status', page.status, 'createdAt', page.created_at, 'finishedAt', page.finished_at, 'error', page.error
    ) ORDER BY page.created_at DESC, page.id DESC), '[]')
    FROM (
      SELECT * FROM public.generations AS generation
      WHERE (v_found IS NULL OR generation.id = ANY (v_found))
        AND (v_status IS NULL OR generation.status = v_status)
        AND (NOT v_in_flight OR generation.status NOT IN ('completed', 'failed', 'cancelled'))
        AND (p_tier IS NULL OR generation.tier = p_tier)
        AND (p_from IS NULL OR generation.created_at >= p_from)
        AND (p_to IS NULL OR generation.created_at < p_to)
        AND (p_before IS NULL OR (generation.created_at, generation.id) < (p_before, p_before_id))
      ORDER BY generation.created_at DESC, generation.id DESC
      LIMIT least(greatest(p_limit, 1), 200)
    ) AS page
    JOIN public.courses AS course ON course.id = page.course_id
    JOIN auth.users AS account ON account.id = page.user_id
  );
END
$$;

-- All that the database knows of one generation; NULL when there is none. Its steps only while it is the course's last.
CREATE FUNCTION public.admin_load_generation(p_actor uuid, p_generation_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT jsonb_build_object(
      'id', generation.id, 'courseId', generation.course_id, 'userId', generation.user_id,
      'courseTitle', course.title, 'courseSlug', course.slug, 'email', account.email,
      'tier', generation.tier, 'status', generation.status, 'requestId', generation.request_id,
      'hasDocuments', generation.has_documents, 'createdAt', generation.created_at,
      'outlinedAt', generation.outlined_at, 'finishedAt', generation.finished_at,
      'lastProgressAt', generation.last_progress_at, 'error', generation.error,
      'errorDetails', generation.error_details,
      'steps', CASE WHEN course.generation_id = generation.id THEN course.generation_progress -> 'steps' END,
      'lessons', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', lesson.id, 'position', lesson.position, 'title', lesson.title, 'status', lesson.status,
          'completedAt', lesson.completed_at, 'error', lesson.error
        ) ORDER BY lesson.position), '[]')
        FROM public.lessons AS lesson WHERE lesson.generation_id = generation.id
      ),
      'incidents', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'kind', kind, 'stage', stage, 'attempt', attempt, 'at', created_at
        ) ORDER BY id), '[]')
        FROM public.generation_incidents WHERE generation_id = generation.id
      ),
      'events', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', event.id, 'type', event.event_type, 'severity', event.severity, 'at', event."timestamp",
          'jobId', event.job_id, 'metadata', event.metadata
        ) ORDER BY event."timestamp"), '[]')
        FROM (
          SELECT * FROM public.system_metrics
          WHERE course_id = generation.course_id
            AND "timestamp" >= generation.created_at - interval '10 seconds'
            AND "timestamp" < coalesce(generation.finished_at, now()) + interval '10 seconds'
          ORDER BY "timestamp" LIMIT 200
        ) AS event
      ),
      'webhooks', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'url', url, 'status', payload ->> 'status', 'attempts', attempts, 'createdAt', created_at,
          'deliveredAt', delivered_at, 'nextAttemptAt', next_attempt_at, 'lastError', last_error
        ) ORDER BY id), '[]')
        FROM public.webhook_deliveries WHERE generation_id = generation.id
      ),
      'usage', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'call', used.call, 'model', used.model, 'position', used.position, 'requests', used.requests,
          'inputTokens', used.input_tokens, 'outputTokens', used.output_tokens, 'cost', used.cost
        ) ORDER BY used.position NULLS FIRST, used.call), '[]')
        FROM (
          SELECT usage.call, usage.model, lesson.position, count(*) AS requests,
            sum(usage.input_tokens) AS input_tokens, sum(usage.output_tokens) AS output_tokens, sum(usage.cost) AS cost
          FROM public.model_usage AS usage LEFT JOIN public.lessons AS lesson ON lesson.id = usage.lesson_id
          WHERE usage.generation_id = generation.id
          GROUP BY usage.call, usage.model, lesson.position
        ) AS used
      )
    )
    FROM public.generations AS generation
    JOIN public.courses AS course ON course.id = generation.course_id
    JOIN auth.users AS account ON account.id = generation.user_id
    WHERE generation.id = p_generation_id
  );
END
$$;

-- The newest users that match: [{id, email, tier, role, createdAt, inFlight}].
CREATE FUNCTION public.admin_list_users(
  p_actor uuid, p_search text, p_tier public.tier, p_role public.user_role, p_before timestamptz, p_before_id uuid,
  p_limit integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', page.id, 'email', page.email, 'tier', page.tier, 'role', page.role, 'createdAt', page.created_at,
      'inFlight', (
        SELECT count(*) FROM public.generations
        WHERE user_id = page.id AND status NOT IN ('completed', 'failed', 'cancelled')
      )
    ) ORDER BY page.created_at DESC, page.id DESC), '[]')
    FROM (
      SELECT profile.id, account.email, profile.tier, profile.role, profile.created_at
      FROM public.user_profiles AS profile JOIN auth.users AS account ON account.id = profile.id
      WHERE (p_search IS NULL OR strpos(lower(account.email::text), lower(p_search)) > 0)
        AND (p_tier IS NULL OR profile.tier = p_tier)
        AND (p_role IS NULL OR profile.role = p_role)
        AND (p_before IS NULL OR (profile.created_at, profile.id) < (p_before, p_before_id))
      ORDER BY profile.created_at DESC, profile.id DESC
      LIMIT least(greatest(p_limit, 1), 200)
    ) AS page
  );
END
$$;

-- The newest events that match: [{id, type, severity, at, jobId, courseId, email, metadata}].
CREATE FUNCTION public.admin_list_events(
  p_actor uuid, p_type public.metric_event, p_severity public.severity, p_from timestamptz, p_before timestamptz,
  p_before_id uuid, p_limit integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', page.id, 'type', page.event_type, 'severity', page.severity, 'at', page."timestamp",
      'jobId', page.job_id, 'email', account.email, 'metadata', page.metadata
    ) ORDER BY page."timestamp" DESC, page.id DESC), '[]')
    FROM (
      SELECT * FROM public.system_metrics AS event
      WHERE (p_type IS NULL OR event.event_type = p_type)
        AND (p_severity IS NULL OR event.severity = p_severity)
        AND (p_from IS NULL OR event."timestamp" >= p_from)
        AND (p_before IS NULL OR (event."timestamp", event.id) < (p_before, p_before_id))
      ORDER BY event."timestamp" DESC, event.id DESC
      LIMIT least(greatest(p_limit, 1), 200)
    ) AS page
    LEFT JOIN auth.users AS account ON account.id = page.user_id
  );
END
$$;

-- How many events of each type there were since p_from, by hour or day (UTC): [{at, type, count}].
CREATE FUNCTION public.admin_count_events(
  p_actor uuid, p_type public.metric_event, p_severity public.severity, p_from timestamptz, p_unit text
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object('at', counted.at, 'type', counted.event_type, 'count', counted.count)
      ORDER BY counted.at, counted.event_type), '[]')
    FROM (
      SELECT date_trunc(CASE p_unit WHEN 'hour' THEN 'hour' ELSE 'day' END, event."timestamp", 'UTC') AS at,
        event.event_type, count(*)
      FROM public.system_metrics AS event
      WHERE event."timestamp" >= p_from
        AND (p_type IS NULL OR event.event_type = p_type)
        AND (p_severity IS NULL OR event.severity = p_severity)
      GROUP BY 1, 2
    ) AS counted
  );
END
$$;

-- For the first page: {globalLimit, inFlight, usage: [{day, requests, inputTokens, outputTokens, cost}] of the last 14
-- days (UTC), actions: [{action, target, before, after, at, email}], the last ten}.
CREATE FUNCTION public.admin_overview(p_actor uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN jsonb_build_object(
    'globalLimit', (SELECT value FROM public.settings WHERE key = 'global_concurrency_limit'),
    'inFlight', (
      SELECT count(*) FROM public.generations WHERE status NOT IN ('completed', 'failed', 'cancelled')
    ),
    'usage', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'day', used.day, 'requests', used.requests, 'inputTokens', used.input_tokens,
        'outputTokens', used.output_tokens, 'cost', used.cost
      ) ORDER BY used.day DESC), '[]')
      FROM (
        SELECT date_trunc('day', created_at, 'UTC') AS day, count(*) AS requests, sum(input_tokens) AS input_tokens,
          sum(output_tokens) AS output_tokens, sum(cost) AS cost
        FROM public.model_usage WHERE created_at >= date_trunc('day', now(), 'UTC') - interval '13 days'
        GROUP BY 1
      ) AS used
    ),
    'actions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'action', done.action, 'target', done.target, 'before', done.before, 'after', done.after, 'at', done.created_at,
        'email', account.email
      ) ORDER BY done.id DESC), '[]')
      FROM (SELECT * FROM public.admin_actions ORDER BY id DESC LIMIT 10) AS done
      LEFT JOIN auth.users AS account ON account.id = done.actor_id
    )
  );
END
$$;

-- The addresses of users: [{id, email, tier}].
CREATE FUNCTION public.admin_name_users(p_actor uuid, p_user_ids uuid[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', profile.id, 'email', account.email, 'tier', profile.tier)), '[]')
    FROM public.user_profiles AS profile JOIN auth.users AS account ON account.id = profile.id
    WHERE profile.id = ANY (p_user_ids)
  );
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
DO $$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT oid FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'admin\_%'
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, anon, authenticated', v_function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO service_role', v_function);
  END LOOP;
END
$$;
