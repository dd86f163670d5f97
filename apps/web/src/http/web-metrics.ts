import type { StartOutcome } from '@megacampus/orchestrator/start-generation';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface WebMetrics {
  /** One request to the API that was answered. `route` is a pattern, never an address with ids. */
  answered(route: string, status: number, durationMs: number): void;
  /** One admission, by what it came to; `unavailable`: a server was down, `failed`: a fault of our own. */
  admission(outcome: StartOutcome['kind'] | 'unavailable' | 'failed', durationMs: number): void;
  tooManyTries(limit: string): void;
  streamOpened(): void;
  streamClosed(): void;
  /** Everything in Prometheus's text format. */
  scrape(): Promise<{ contentType: string; body: string }>;
}

/** Up to the five seconds in which every admission is answered. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The web app's metrics, event loop lag and memory included. */
export function createWebMetrics(): WebMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'megacampus_http_request_duration_seconds',
    help: 'Duration of requests to the API, by route and status.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS_S,
    registers,
  });
  const admissions = new Histogram({
    name: 'megacampus_admission_duration_seconds',
    help: 'Duration of admissions of generations, by outcome.',
    labelNames: ['outcome'],
    buckets: BUCKETS_S,
    registers,
  });
  const tries = new Counter({
    name: 'megacampus_rate_limited_total',
    help: 'Tries that were refused because there were too many of them.',
    labelNames: ['limit'],
    registers,
  });
  const streams = new Gauge({
    name: 'megacampus_event_streams_open',
    help: 'Pages that follow a course by server-sent events.',
    registers,
  });
  return {
    answered: (route, status, durationMs) => requests.observe({ route, status }, durationMs / 1_000),
    admission: (outcome, durationMs) => admissions.observe({ outcome }, durationMs / 1_000),
    tooManyTries: (limit) => tries.inc({ limit }),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    scrape: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
