-- What an admin has changed, and when. It outlives the admin; nothing but the functions below writes it.
CREATE TABLE public.admin_actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  actor_id uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  action text NOT NULL CHECK (action IN ('global_limit', 'tier', 'role', 'cancel')),
  -- What was changed: a setting's key, a user's or a generation's id.
  target text NOT NULL,
  before text,
  after text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE public.admin_actions ENABLE ROW LEVEL SECURITY;
CREATE INDEX admin_actions_actor_id ON public.admin_actions (actor_id);
CREATE INDEX admin_actions_target ON public.admin_actions (target, id DESC);

CREATE FUNCTION private.is_admin(p_user_id uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.user_profiles WHERE id = p_user_id AND role = 'admin')
$$;

-- Every function for admins begins with this: the server asks in the name of the user who is signed in.
CREATE FUNCTION private.require_admin(p_actor uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  IF NOT private.is_admin(p_actor) THEN
    RAISE EXCEPTION 'only for admins' USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

CREATE FUNCTION private.note_admin_action(p_actor uuid, p_action text, p_target text, p_before text, p_after text)
RETURNS void LANGUAGE sql SET search_path = '' AS $$
  INSERT INTO public.admin_actions (actor_id, action, target, before, after)
  VALUES (p_actor, p_action, p_target, p_before, p_after)
$$;

-- Bounds generations in flight from the next admission on: changed or unchanged. The table checks the number.
CREATE FUNCTION public.admin_set_global_limit(p_actor uuid, p_limit integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_before text;
BEGIN
  PERFORM private.require_admin(p_actor);
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('admin_set_global_limit'));
  SELECT value::text INTO v_before FROM public.settings WHERE key = 'global_concurrency_limit';
  IF v_before = p_limit::text THEN
    RETURN 'unchanged';
  END IF;
  INSERT INTO public.settings (key, value) VALUES ('global_concurrency_limit', to_jsonb(p_limit))
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  PERFORM private.note_admin_action(p_actor, 'global_limit', 'global_concurrency_limit', v_before, p_limit::text);
  RETURN 'changed';
END
$$;

-- What a user has paid for, from their next admission on: changed, unchanged or not_found.
CREATE FUNCTION public.admin_set_tier(p_actor uuid, p_user_id uuid, p_tier public.tier) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_before public.tier;
BEGIN
  PERFORM private.require_admin(p_actor);
  SELECT tier INTO v_before FROM public.user_profiles WHERE id = p_user_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  ELSIF v_before = p_tier THEN
    RETURN 'unchanged';
  END IF;
  UPDATE public.user_profiles SET tier = p_tier WHERE id = p_user_id;
  PERFORM private.note_admin_action(p_actor, 'tier', p_user_id::text, v_before::text, p_tier::text);
  RETURN 'changed';
END
$$;

-- Changed, unchanged, not_found, own_role (nobody changes their own) or last_admin (somebody must be left). One change
-- at a time, so that two admins who demote each other do not both succeed.
CREATE FUNCTION public.admin_set_role(p_actor uuid, p_user_id uuid, p_role public.user_role) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_before public.user_role;
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('admin_set_role'));
  PERFORM private.require_admin(p_actor);
  IF p_actor = p_user_id THEN
    RETURN 'own_role';
  END IF;
  SELECT role INTO v_before FROM public.user_profiles WHERE id = p_user_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  ELSIF v_before = p_role THEN
    RETURN 'unchanged';
  ELSIF p_role <> 'admin' AND NOT EXISTS (
    SELECT FROM public.user_profiles WHERE role = 'admin' AND id <> p_user_id
  ) THEN
    RETURN 'last_admin';
  END IF;
  UPDATE public.user_profiles SET role = p_role WHERE id = p_user_id;
  PERFORM private.note_admin_action(p_actor, 'role', p_user_id::text, v_before::text, p_role::text);
  RETURN 'changed';
END
$$;

-- Notes that an admin cancelled somebody's generation, which had this status.
CREATE FUNCTION public.admin_note_cancel(p_actor uuid, p_generation_id text, p_status text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM private.require_admin(p_actor);
  PERFORM private.note_admin_action(p_actor, 'cancel', p_generation_id, p_status, 'cancelled');
  RETURN true;
END
$$;

CREATE INDEX user_profiles_admins ON public.user_profiles (id) WHERE role = 'admin';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.admin_set_global_limit(uuid, integer), public.admin_set_tier(uuid, uuid, public.tier),
  public.admin_set_role(uuid, uuid, public.user_role), public.admin_note_cancel(uuid, text, text)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.admin_set_global_limit(uuid, integer), public.admin_set_tier(uuid, uuid, public.tier),
  public.admin_set_role(uuid, uuid, public.user_role), public.admin_note_cancel(uuid, text, text) TO service_role;
SELECT private.apply_privileges();
