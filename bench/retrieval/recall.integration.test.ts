import { createServiceClient } from '@megacampus/db/clients';
import { createGenerationStore } from '@megacampus/db/generations';
import { createModelEngine } from '@megacampus/generation/model';
import { startModelServer } from '@megacampus/test-kit/model-server';
import { useStack } from '@megacampus/test-kit/servers';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { BEES_EN, HANDBOOK_EN, HANDBOOK_RU, SAFETY_RU } from '../eval/cases.ts';
import { readPassages } from '../eval/run-course.ts';
import { QUESTIONS_EN } from './questions.en.ts';
import { QUESTIONS_RU } from './questions.ru.ts';
import { meanReciprocalRank, type Question, rankOf, recallAt } from './recall.ts';

const stack = useStack();
const store = createGenerationStore(createServiceClient({ url: stack.supabaseUrl, key: stack.serviceKey }));

/** A course with these documents, read, cut and stored as the worker does it. */
async function courseOf(language: 'ru' | 'en', paths: readonly string[]): Promise<string> {
  const user = await signUp(stack, 'PREMIUM');
  const course = await createCourse(stack, user, { language });
  const db = new pg.Client({ connectionString: stack.databaseUrl });
  await db.connect();
  try {
    for (const [index, path] of paths.entries()) {
      const name = `document-${index}.md`;
      const { rows } = await db.query(
        "INSERT INTO course_documents (course_id, name, size_bytes, type, path) VALUES ($1, $2, 1, 'md', $3) RETURNING id",
        [course.id, name, `${user.userId}/${course.id}/${name}`],
      );
      const chunks = await readPassages([path]);
      await store.replaceChunks({ documentId: rows[0].id, language, chunks });
    }
  } finally {
    await db.end();
  }
  return course.id;
}

/** The model server's embedding: real but untrained, it knows the pieces of words and nothing of their meaning. */
async function embedderFor(courseId: string) {
  const server = await startModelServer();
  onTestFinished(() => server.close());
  const { embedder } = createModelEngine({
    baseUrl: server.url,
    apiKey: null,
    model: 'none',
    embeddingModel: 'pieces-of-words',
    limiter: { run: (signal, work) => work(signal) },
    budgetTokens: 1_000_000,
    prices: null,
    requestTimeoutMs: 10_000,
    contextTokens: 8_192,
    strictSources: true,
  });
  if (embedder === undefined) throw new Error('an embedder is needed');
  const context = { signal: new AbortController().signal };
  const { model } = embedder;
  for (;;) {
    const { passages } = await store.listUnembedded({ courseId, model, limit: 64 });
    if (passages.length === 0) break;
    const vectors = await embedder.embedPassages(passages, context);
    await store.saveEmbeddings({
      courseId,
      model,
      vectors: passages.map(({ id }, index) => ({ id, vector: vectors[index] ?? [] })),
    });
  }
  return async (query: string) => ({ model, vector: await embedder.embedQuery(query, context) });
}

async function ranksOf(courseId: string, questions: readonly Question[], embed: typeof noEmbedding | Embed) {
  return Promise.all(
    questions.map(async (asked) => {
      const search = { courseId, query: asked.question, limit: 20, embedding: await embed(asked.question) };
      return rankOf(asked, await store.searchChunks(search));
    }),
  );
}

type Embed = Awaited<ReturnType<typeof embedderFor>>;
const noEmbedding = async () => undefined;

/** One answer less than measured: a change that loses two is seen. The figures are in bench/README.md. */
const FLOORS = {
  ru: { words: { at5: 26 / 28, at1: 24 / 28 }, both: { at5: 26 / 28, at1: 24 / 28 } },
  en: { words: { at5: 28 / 29, at1: 24 / 29 }, both: { at5: 28 / 29, at1: 23 / 29 } },
};

test.each([
  ['ru', [HANDBOOK_RU, SAFETY_RU], QUESTIONS_RU],
  ['en', [HANDBOOK_EN, BEES_EN], QUESTIONS_EN],
] as const)('the right passage is among the first five: %s', async (language, paths, questions) => {
  const passages = await readPassages(paths);
  for (const { answer } of questions)
    expect(
      passages.filter((passage) => rankOf({ question: '', answer }, [passage]) !== null),
      answer,
    ).toHaveLength(1);

  const courseId = await courseOf(language, paths);
  for (const [ranking, embed] of [
    ['words', noEmbedding],
    ['both', await embedderFor(courseId)],
  ] as const) {
    const ranks = await ranksOf(courseId, questions, embed);
    const [at1, at5] = [recallAt(1, ranks), recallAt(5, ranks)];
    const figures = `recall@5 ${at5.toFixed(3)}, recall@1 ${at1.toFixed(3)}, MRR ${meanReciprocalRank(ranks).toFixed(3)}`;
    console.log(`${language}, ${ranking}: ${figures} (${questions.length} questions, ${passages.length} passages)`);
    const missed = questions.filter((_, index) => (ranks[index] ?? 99) > 5).map(({ question }) => question);
    if (missed.length > 0) console.log(`${language}, ${ranking}: not among the first five: ${missed.join(' | ')}`);
    expect(at5).toBeGreaterThanOrEqual(FLOORS[language][ranking].at5);
    expect(at1).toBeGreaterThanOrEqual(FLOORS[language][ranking].at1);
  }
});
