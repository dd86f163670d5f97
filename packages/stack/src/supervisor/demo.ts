import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSlug } from '@megacampus/domain/slug';
import type { Tier } from '@megacampus/domain/tiers';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import type { DemoUser } from '../stack-file.ts';

const PASSWORD = 'megacampus-demo';
const PEOPLE: readonly { name: string; tier: Tier; role: DemoUser['role'] }[] = [
  { name: 'free', tier: 'FREE', role: 'user' },
  { name: 'basic', tier: 'BASIC', role: 'user' },
  { name: 'standard', tier: 'STANDARD', role: 'user' },
  { name: 'trial', tier: 'TRIAL', role: 'user' },
  { name: 'premium', tier: 'PREMIUM', role: 'user' },
  { name: 'admin', tier: 'PREMIUM', role: 'admin' },
];
const BUCKET = 'course-documents';
/** The document of the sample course, in packages/stack/fixtures. */
const DOCUMENT = 'sample-course.md';

export interface SeedTarget {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  readonly serviceKey: string;
  readonly databaseUrl: string;
}

/**
 * Signs the demo users up through the API as anybody would, gives them their tier and role as only the server
 * can, and the premium one a course with a document. What is there already is left alone. Local stack only.
 */
export async function seedDemo(target: SeedTarget): Promise<DemoUser[]> {
  const server = client(target.supabaseUrl, target.serviceKey);
  const ids = await existingUsers(target.databaseUrl);
  const users: DemoUser[] = [];
  for (const { name, tier, role } of PEOPLE) {
    const email = `${name}@demo.megacampus.test`;
    let userId = ids.get(email);
    if (userId === undefined) {
      userId = await signUp(target, email);
      must(await server.from('user_profiles').update({ tier, role }).eq('id', userId).select('id').single());
    }
    users.push({ email, password: PASSWORD, tier, role, userId });
  }
  const premium = users.find((user) => user.tier === 'PREMIUM' && user.role === 'user');
  if (premium !== undefined) await seedCourse(server, premium.userId);
  return users;
}

async function existingUsers(databaseUrl: string): Promise<Map<string, string>> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    const { rows } = await db.query<{ email: string; id: string }>(
      "SELECT email, id FROM auth.users WHERE email LIKE '%@demo.megacampus.test'",
    );
    return new Map(rows.map(({ email, id }) => [email, id]));
  } finally {
    await db.end();
  }
}

async function signUp(target: SeedTarget, email: string): Promise<string> {
  const visitor = client(target.supabaseUrl, target.publishableKey);
  const { data, error } = await visitor.auth.signUp({ email, password: PASSWORD });
  if (error !== null) throw error;
  if (data.user === null) throw new Error(`Signing up ${email} gave no user`);
  return data.user.id;
}

/** Once: a course that the user has deleted stays deleted, as long as they have any other. */
async function seedCourse(server: SupabaseClient, userId: string): Promise<void> {
  const existing = must(await server.from('courses').select('id').eq('user_id', userId).limit(1));
  if (existing.length > 0) return;
  const title = 'Введение в базы данных';
  const brief = {
    title,
    course_description: 'Как устроены базы данных и как с ними работать: от таблиц и ключей до запросов и транзакций.',
    target_audience: 'Студенты колледжей и начинающие аналитики, которые видят базу данных впервые.',
    language: 'ru',
    difficulty: 'beginner',
    style: 'practical',
  };
  const course = must<{ id: string }>(
    await server
      .from('courses')
      .insert({ ...brief, user_id: userId, slug: makeSlug(title, 'demo') })
      .select('id')
      .single(),
  );
  const file = readFileSync(join(import.meta.dirname, '../../fixtures', DOCUMENT));
  const path = `${userId}/${course.id}/${DOCUMENT}`;
  must(await server.storage.from(BUCKET).upload(path, file, { contentType: 'text/markdown', upsert: true }));
  const row = { course_id: course.id, user_id: userId, name: `${title}.md`, size_bytes: file.length, type: 'md', path };
  must(await server.from('course_documents').insert(row).select('id').single());
}

function client(url: string, key: string): SupabaseClient {
  return createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

function must<T>({ data, error }: { data: T | null; error: unknown }): T {
  if (error !== null) throw new Error('The demo data could not be stored', { cause: error });
  if (data === null) throw new Error('The demo data could not be read back');
  return data;
}
