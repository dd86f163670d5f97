import { ADMISSION_BUDGET_MS, GENERATE_TEXTS, generateRequestSchema, userLimitText } from '@megacampus/domain/api';
import { type StartOutcome, type StartRequest, startGeneration } from '@megacampus/orchestrator/start-generation';
import { checkWebhookUrl } from '@megacampus/orchestrator/webhook-url';
import type { Deps } from '../../deps.ts';
import { authenticate } from '../auth/authenticate.ts';
import { clientAddress } from '../client-address.ts';
import { tooMany } from '../rate-limits.ts';
import { readJson } from '../read-json.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';

/** POST /api/coursegen/generate: validate → authenticate → admit, within five seconds altogether. */
export async function generate(call: Call, deps: Deps): Promise<Response | Refusal> {
  const body = await readJson(call.request, generateRequestSchema);
  if (body.kind === 'refusal') return body;
  const { courseId, webhookUrl = null } = body.value;
  const unsafe = webhookUrl === null ? null : unsafeWebhook(webhookUrl, deps.env.WEBHOOK_ALLOW_PRIVATE);
  if (unsafe !== null) return unsafe;

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
  const log = call.log.child({ userId: request.userId, courseId: request.courseId });
  const spentMs = performance.now() - call.startedAtMs;
  const admittingAtMs = performance.now();
  const outcome = await startGeneration(
    { ...deps.orchestrator, log },
    { ...request, requestId: call.requestId },
    ADMISSION_BUDGET_MS - spentMs,
  );
  deps.metrics.admission(outcome.kind, performance.now() - admittingAtMs);
  log.info(
    { outcome: outcome.kind, ...('generationId' in outcome && { generationId: outcome.generationId }) },
    'admission',
  );
  return outcome;
}

function unsafeWebhook(webhookUrl: string, allowPrivate: boolean): Refusal | null {
  const check = checkWebhookUrl(webhookUrl, { allowPrivate });
  if (check.ok) return null;
  const details = [{ path: ['webhookUrl'], code: 'unsafe_url', message: check.reason }];
  return refuse('invalid_request', undefined, { details });
}

/** The answers of the contract. */
export function toAnswer(outcome: StartOutcome): Response | Refusal {
  switch (outcome.kind) {
    case 'admitted':
      return Response.json({ success: true, jobId: outcome.generationId, message: GENERATE_TEXTS.admitted });
    case 'already_running':
      return Response.json({
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
