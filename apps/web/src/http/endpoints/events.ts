import type { Deps } from '../../deps.ts';
import type { CourseState } from '../course-states.ts';
import { describeStatus } from '../course-status.ts';
import { encodeEvents, eventId } from '../events/encode.ts';
import { toStream } from '../events/to-stream.ts';
import { isFinal, watchCourse } from '../events/watch-course.ts';
import { type OwnCourse, ownCourse, type SlugParams } from '../own-course.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';

/** Longest life of one stream: then the browser connects again, is authenticated again and goes on. */
const LIFETIME_MS = 10 * 60_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform also keeps Next from compressing, which would hold events back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/**
 * GET /api/courses/[slug]/events: the state at once, then every change. An event's id names the state it carries;
 * a client that comes back gets the state of now, or 204 (which stops an EventSource) when it has seen the end.
 */
export async function events(call: Call<SlugParams>, deps: Deps): Promise<Response | Refusal> {
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const describe = (course: CourseState) => describeStatus(course, { ...deps.orchestrator, log: own.log });

  const now = await describe(own.course);
  if (isFinal(now) && call.request.headers.get('last-event-id') === eventId(now)) {
    return new Response(null, { status: 204 });
  }
  if (!deps.streams.enter(own.userId)) return refuse('limit_reached', 'Too many open event streams');
  deps.metrics.streamOpened();
  const stop = stopWhen([call.request.signal, AbortSignal.timeout(LIFETIME_MS), deps.shutdown]);
  try {
    const items = watchCourse(sourceOf(own, deps, describe), {
      signal: stop.signal,
      log: own.log,
      onEnd: () => {
        deps.streams.leave(own.userId);
        deps.metrics.streamClosed();
      },
    });
    return new Response(await toStream(encodeEvents(items), stop), { headers: HEADERS });
  } catch (err) {
    stop.abort();
    throw err;
  }
}

function sourceOf(
  { course }: OwnCourse,
  deps: Deps,
  describe: (course: CourseState) => ReturnType<typeof describeStatus>,
) {
  return {
    subscribe: (onChange: () => void) => deps.watchProgress(course.id, onChange),
    async read() {
      const state = await deps.courseStates.bySlug(course.slug);
      return state === null || state.id !== course.id ? null : describe(state);
    },
  };
}

function stopWhen(signals: AbortSignal[]): AbortController {
  const stop = new AbortController();
  AbortSignal.any(signals).addEventListener('abort', () => stop.abort(), { once: true });
  return stop;
}
