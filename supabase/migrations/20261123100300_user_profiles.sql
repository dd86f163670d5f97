CREATE TABLE public.user_profiles (
  id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  tier public.tier NOT NULL DEFAULT 'FREE',
  role public.user_role NOT NULL DEFAULT 'user',
  locale text NOT NULL DEFAULT 'ru' CHECK (locale IN ('ru', 'en')),
  display_name text CHECK (char_length(display_name) <= 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.user_profiles ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_profiles
  FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();

-- Of the metadata, which a user can write, only the language of the interface is taken: never tier or role.
CREATE FUNCTION private.create_user_profile() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.user_profiles (id, locale)
  VALUES (NEW.id, CASE WHEN private.json_argument(NEW.raw_user_meta_data) ->> 'locale' = 'en' THEN 'en' ELSE 'ru' END)
  ON CONFLICT (id) DO NOTHING;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION private.create_user_profile() FROM PUBLIC, anon, authenticated;

CREATE TRIGGER create_user_profile AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION private.create_user_profile();
