import { ADMISSION_BUDGET_MS, GENERATE_TEXTS, generateRequestSchema, userLimitText } from '@megacampus/domain/api';
import { UnavailableFault } from '@megacampus/domain/errors';
import { type StartOutcome, type StartRequest, startGeneration } from '@megacampus/orchestrator/start-generation';
import { checkWebhookUrl } from '@megacampus/orchestrator/webhook-url';
import type { Deps } from '../../deps.ts';
import { authenticate } from '../auth/authenticate.ts';
import { clientAddress } from '../client-address.ts';
import { json } from '../json.ts';
import { tooMany } from '../rate-limits.ts';
import { readJson } from '../read-json.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';

/** POST /api/coursegen/generate: validate → authenticate → admit, within five seconds altogether. */
export async function generate(call: Call, deps: Deps): Promise<Response | Refusal> {
  const body = await readJson(call.request, generateRequestSchema);
  if (body.kind === 'refusal') return body;
  const { courseId, webhookUrl = null } = body.value;
  const refused = webhookUrl === null ? null : refusedWebhook(webhookUrl, deps.env);
  if (refused !== null) return refused;

  const flood = await tooManyFromAddress(call, deps);
  if (flood !== null) return flood;
  const caller = await authenticate(call, deps.auth);
  if (caller.kind === 'refusal') return caller;
  const { userId } = caller;
  const hasty = await tooMany(deps.rateLimits.generate, userId);
  if (hasty !== null) return hasty;
  return toAnswer(await admit(call, deps, { courseId, userId, webhookUrl }));
}

/** Before anybody is known: what guessing tokens costs us is bounded. */
export function tooManyFromAddress(call: Pick<Call, 'request'>, deps: Deps): Promise<Refusal | null> {
  return tooMany(deps.rateLimits.generateFromAddress, clientAddress(call.request.headers));
}

/** Admits a generation within what is left of the request's five seconds. */
export async function admit(
  call: Omit<Call, 'params'>,
  deps: Deps,
  request: Omit<StartRequest, 'requestId'>,
): Promise<StartOutcome> {
  const log = call.learn({ userId: request.userId, courseId: request.courseId });
  const spentMs = performance.now() - call.startedAtMs;
  const admittingAtMs = performance.now();
  const outcome = await startGeneration(
    { ...deps.orchestrator, log },
    { ...request, requestId: call.requestId },
    ADMISSION_BUDGET_MS - spentMs,
  ).catch((err: unknown) => {
    const kind = err instanceof UnavailableFault ? 'unavailable' : 'failed';
    deps.metrics.admission(kind, performance.now() - admittingAtMs);
    throw err;
  });
  deps.metrics.admission(outcome.kind, performance.now() - admittingAtMs);
  call.learn(factsOf(outcome)).info({ outcome: outcome.kind }, 'admission');
  return outcome;
}

function factsOf(outcome: StartOutcome): Record<string, string> {
  const tier = outcome.kind === 'limit' ? outcome.details.tier : 'tier' in outcome ? outcome.tier : undefined;
  const ids = 'generationId' in outcome ? { generationId: outcome.generationId, jobId: outcome.generationId } : {};
  return { ...(tier && { tier }), ...ids };
}

/** An address that must not be called, or any where none would be: without a secret nothing is signed, so nothing is sent. */
function refusedWebhook(
  webhookUrl: string,
  { WEBHOOK_ALLOW_PRIVATE, WEBHOOK_SECRET }: Pick<Deps['env'], 'WEBHOOK_ALLOW_PRIVATE' | 'WEBHOOK_SECRET'>,
): Refusal | null {
  const refusal = (code: string, message: string) =>
    refuse('invalid_request', undefined, { details: [{ path: ['webhookUrl'], code, message }] });
  const check = checkWebhookUrl(webhookUrl, { allowPrivate: WEBHOOK_ALLOW_PRIVATE });
  if (!check.ok) return refusal('unsafe_url', check.reason);
  return WEBHOOK_SECRET === undefined ? refusal('webhooks_off', 'this server does not send webhooks') : null;
}

/** The answers of the contract. */
export function toAnswer(outcome: StartOutcome): Response | Refusal {
  switch (outcome.kind) {
    case 'admitted':
      return json({ success: true, jobId: outcome.generationId, message: GENERATE_TEXTS.admitted });
    case 'already_running':
      return json({
        success: true,
        jobId: outcome.generationId,
        message: GENERATE_TEXTS.admitted,
        alreadyRunning: true,
      });
    case 'not_found':
      return refuse('not_found', GENERATE_TEXTS.notFound);
    case 'lesson_not_shown':
      return refuse('not_found', GENERATE_TEXTS.lessonNotFound);
    case 'forbidden':
      return refuse('forbidden', GENERATE_TEXTS.forbidden);
    case 'limit': {
      const { details, retryAfterS } = outcome;
      const isUserLimit = details.reason === 'user_limit';
      const text = isUserLimit ? userLimitText(details.tier, details.user_limit) : GENERATE_TEXTS.globalLimit;
      return refuse('limit_reached', text, { details, retryAfterS });
    }
    case 'rolled_back':
      return refuse('internal', GENERATE_TEXTS.rolledBack);
  }
}
