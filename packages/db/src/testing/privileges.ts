/** What anon, authenticated and everybody (PUBLIC) may do with our tables; nothing else is granted. */
export const WANTED_PRIVILEGES = [
  'authenticated DELETE ON course_documents',
  'authenticated DELETE ON courses',
  ...columns('INSERT', 'course_documents', ['course_id', 'name', 'path', 'size_bytes', 'type']),
  ...columns('INSERT', 'courses', ['slug', 'user_id', ...brief()]),
  'authenticated SELECT ON citations',
  'authenticated SELECT ON course_documents',
  'authenticated SELECT ON course_shares',
  'authenticated SELECT ON courses',
  'authenticated SELECT ON document_chunks',
  'authenticated SELECT ON document_uploads',
  'authenticated SELECT ON generations',
  'authenticated SELECT ON generation_incidents',
  'authenticated SELECT ON generation_usage',
  'authenticated SELECT ON lesson_progress',
  'authenticated SELECT ON lessons',
  'authenticated SELECT ON model_usage',
  'authenticated SELECT ON quiz_questions',
  'authenticated SELECT ON sections',
  'authenticated SELECT ON system_metrics',
  'authenticated SELECT ON tier_policies',
  'authenticated SELECT ON user_profiles',
  ...columns('UPDATE', 'courses', brief()),
  ...columns('UPDATE', 'user_profiles', ['display_name', 'locale']),
].toSorted();

function columns(privilege: string, table: string, names: string[]): string[] {
  return names.map((name) => `authenticated ${privilege} ON ${table}.${name}`);
}

function brief(): string[] {
  return [
    'title',
    'course_description',
    'target_audience',
    'prerequisites',
    'learning_outcomes',
    'language',
    'style',
    'difficulty',
    'content_strategy',
    'estimated_sections',
    'estimated_lessons',
    'lesson_duration_minutes',
    'output_formats',
  ];
}

type Rows = (text: string) => Promise<Record<string, unknown>[]>;

/** The privileges that the catalog has, on tables, views, sequences and columns of our schemas. */
export async function readPrivileges(rows: Rows): Promise<string[]> {
  const found = await rows(`
    WITH relation AS (
      SELECT oid, relname, relacl FROM pg_class
      WHERE relnamespace IN ('public'::regnamespace, 'private'::regnamespace) AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    ), granted AS (
      SELECT relname AS object, (aclexplode(relacl)).* FROM relation
      UNION ALL
      SELECT relname || '.' || attname, (aclexplode(attacl)).* FROM relation JOIN pg_attribute ON attrelid = relation.oid
    )
    SELECT DISTINCT coalesce(rolname, 'PUBLIC') || ' ' || privilege_type || ' ON ' || object AS text
    FROM granted LEFT JOIN pg_roles ON pg_roles.oid = grantee
    WHERE rolname IN ('anon', 'authenticated') OR grantee = 0`);
  return found.map(({ text }) => String(text)).toSorted();
}
