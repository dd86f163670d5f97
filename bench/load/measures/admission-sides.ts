import { GENERATE_TEXTS } from '@megacampus/domain/api';
import { type StartOutcome, startGeneration } from '@megacampus/orchestrator/start-generation';
import { newGenerationId } from '@megacampus/queue/jobs';
import { createTokenVerifier, type TokenVerifier } from '../../../apps/web/src/http/auth/verify-token.ts';
import type { Person, World } from '../world.ts';

/** One admission that somebody asks for. */
export interface Ask {
  readonly token: string;
  readonly userId: string;
  readonly courseId: string;
}

/** Each person's courses as requests, taking turns over the persons, so that users are in flight side by side. */
export function asksOf(persons: readonly Person[], perPerson: number): Ask[] {
  return Array.from({ length: perPerson }, (_, course) =>
    persons.map(({ accessToken, userId, courseIds }) => ({
      token: accessToken,
      userId,
      courseId: courseIds[course] ?? '',
    })),
  ).flat();
}

export function verifierOf({ stack, client }: World): TokenVerifier {
  return createTokenVerifier({ supabaseUrl: stack.supabaseUrl, jwtSecret: stack.jwtSecret, client });
}

/** The admission core as POST /api/coursegen/generate runs it: verify the token, then the saga. @throws unless admitted. */
export function admit(
  deps: ReturnType<World['orchestrator']>,
  verify: TokenVerifier,
): (ask: Ask, expected?: StartOutcome['kind']) => Promise<void> {
  return async ({ token, courseId }, expected = 'admitted') => {
    const caller = await verify(token);
    if (caller === null) throw new Error('The token was refused');
    const request = { courseId, userId: caller.userId, requestId: 'bench', webhookUrl: null };
    const outcome = await startGeneration(deps, request);
    if (outcome.kind !== expected) throw new Error(`The admission ended as ${outcome.kind}`);
  };
}

/** What `update_course_progress` is told by an admission. */
export function stepOne(ask: Ask, generationId: string = newGenerationId()) {
  return {
    p_course_id: ask.courseId,
    p_step_id: 1,
    p_status: 'completed',
    p_message: GENERATE_TEXTS.admitted,
    p_error_message: null,
    p_error_details: null,
    p_metadata: {
      generation_id: generationId,
      user_id: ask.userId,
      tier: 'PREMIUM',
      weight: 10,
      limits: { user: 5, global: 10_000 },
      request_id: 'bench',
      webhook_url: null,
      has_documents: false,
    },
  };
}
