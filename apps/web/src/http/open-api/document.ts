import { SESSION_COOKIE } from '../auth/session-client.ts';
import { answer, refusals } from './operations.ts';
import { componentSchemas, ref } from './schemas.ts';

const SLUG = {
  name: 'slug',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: "The course's slug.",
};

const LESSON_ID = {
  name: 'lessonId',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  description: 'A lesson of the version that the course shows.',
};

const OWN_COURSE = refusals('unauthorized', 'forbidden', 'not_found', 'internal', 'unavailable');

const EVENTS_ANSWER = {
  200: {
    description:
      'Server-sent events: the state at once, then every change; `data` is a CheckStatusResponse, `id` names the state. ' +
      'Comments every 15 s keep the connection open. Ends after the generation has.',
    headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  },
  204: {
    description: 'The generation has ended and the client has seen its end (Last-Event-ID): do not come back.',
    headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
  },
};

const LAST_EVENT_ID = { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } };

const PATHS = {
  '/api/coursegen/generate': {
    post: {
      operationId: 'generateCourse',
      summary: "Start a course's generation",
      description: 'A course with a generation in flight is not generated twice: the answer names that generation.',
      requestBody: { required: true, content: { 'application/json': { schema: ref('GenerateRequest') } } },
      responses: {
        ...answer('Admitted, or under way already (`alreadyRunning`).', 'GenerateResponse'),
        ...refusals('invalid_request', 'unauthorized', 'forbidden', 'not_found', 'payload_too_large'),
        ...refusals('unsupported_media_type', 'limit_reached', 'internal', 'unavailable'),
      },
    },
  },
  '/api/courses/{slug}/lessons/{lessonId}/regenerate': {
    parameters: [SLUG, LESSON_ID],
    post: {
      operationId: 'regenerateLesson',
      summary: 'Write one lesson anew',
      description:
        'Admitted like a generation of the whole course, under the same limits. The course shows what it showed until the ' +
        'lesson is complete. 409: another generation of it is in flight (details are InProgressDetails).',
      requestBody: { required: true, content: { 'application/json': { schema: ref('RegenerateRequest') } } },
      responses: {
        ...answer('Admitted.', 'GenerateResponse'),
        ...refusals('invalid_request', 'unauthorized', 'forbidden', 'not_found', 'conflict', 'payload_too_large'),
        ...refusals('unsupported_media_type', 'limit_reached', 'internal', 'unavailable'),
      },
    },
  },
  '/api/courses/{slug}/check-status': {
    parameters: [SLUG],
    get: {
      operationId: 'checkStatus',
      summary: 'How far a course is',
      responses: { ...answer('The state now.', 'CheckStatusResponse'), ...OWN_COURSE },
    },
  },
  '/api/courses/{slug}/activity': {
    parameters: [SLUG],
    get: {
      operationId: 'activity',
      summary: 'What has happened in the current generation: its lessons, hitches and pace',
      responses: { ...answer('So far.', 'ActivityResponse'), ...OWN_COURSE },
    },
  },
  '/api/courses/{slug}/events': {
    parameters: [SLUG],
    get: {
      operationId: 'watchCourse',
      summary: 'Watch a course being generated',
      parameters: [LAST_EVENT_ID],
      responses: { ...EVENTS_ANSWER, ...OWN_COURSE },
    },
  },
  '/api/courses/{slug}/cancel': {
    parameters: [SLUG],
    get: {
      operationId: 'canCancel',
      summary: 'Whether the generation can be cancelled',
      responses: { ...answer('Whether, and if not, why.', 'CanCancelResponse'), ...OWN_COURSE },
    },
    post: {
      operationId: 'cancelGeneration',
      summary: 'Cancel the generation in flight',
      responses: { ...answer('Cancelled.', 'CancelResponse'), ...OWN_COURSE, ...refusals('conflict') },
    },
  },
  '/api/health': {
    get: {
      operationId: 'health',
      summary: 'Whether a course generated now would be worked on',
      security: [],
      responses: {
        ...answer('All is well.', 'HealthResponse'),
        ...answer('Something is down.', 'HealthResponse', 503),
      },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'openApi',
      summary: 'This document',
      security: [],
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  },
};

/** The HTTP contract as OpenAPI 3.1, its schemas made from those that the endpoints check with. */
export function describeApi(version: string) {
  return {
    openapi: '3.1.1',
    info: { title: 'MegaCampus', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths: PATHS,
    components: {
      schemas: componentSchemas(),
      headers: {
        RequestId: { description: 'Names the request in our logs.', schema: { type: 'string' } },
        RetryAfter: { description: 'Seconds.', schema: { type: 'integer' } },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A Supabase access token.' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'The web app, same origin only.' },
      },
    },
  };
}
