import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { startNodeSDK } from '@opentelemetry/sdk-node';

export interface Tracing {
  /** Sends what is still held back. */
  stop(): Promise<void>;
}

/** Spans that are still held back at the end are given so long; a collector that is away must not hold a shutdown. */
const FLUSH_TIMEOUT_MS = 2_000;

/**
 * Traces what this process does: requests, jobs, and every call by fetch (the database, the model). Configured by
 * OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, …).
 * Metrics are Prometheus's business, and lines stay in the log. A collector that is away costs nothing but its spans.
 */
export function startTracing(service: { readonly name: string; readonly version: string }): Tracing {
  const sdk = startNodeSDK({
    resourceAttributes: { 'service.name': service.name, 'service.version': service.version },
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [new UndiciInstrumentation()],
  });
  return {
    stop: () => Promise.race([sdk.shutdown(), new Promise<void>((done) => setTimeout(done, FLUSH_TIMEOUT_MS).unref())]),
  };
}
