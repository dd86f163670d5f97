import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** OTLP over HTTP, as JSON, as far as tests look at it. */
const spansSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              name: z.string(),
              attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })).default([]),
            }),
          ),
        }),
      ),
    }),
  ),
});

export interface CollectedSpan {
  readonly traceId: string;
  readonly name: string;
  readonly service: string;
  /** Where the span says what was called; '' where it says nothing. */
  readonly url: string;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  close(): Promise<void>;
}

/** Takes in traces as a collector does, on a free port. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    const { resourceSpans } = spansSchema.parse(await json(request));
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = text(resource.attributes, 'service.name');
      for (const { traceId, name, attributes } of scopeSpans.flatMap((scope) => scope.spans)) {
        spans.push({ traceId, name, service, url: text(attributes, 'url.full') });
      }
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function text(attributes: readonly { key: string; value: Record<string, unknown> }[], key: string): string {
  return String(attributes.find((attribute) => attribute.key === key)?.value['stringValue'] ?? '');
}
