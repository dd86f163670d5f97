import { z } from 'zod';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { orUnavailable } from '../unavailable.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { createReconcilerLock, type ReconcilerLock } from './reconciler-lock.ts';

export { createHeartbeat, createReconcilerLock, type Heartbeat, type ReconcilerLock };

const progressMessageSchema = z.object({ courseId: z.uuid(), generationId: z.string().min(1) });
/** "This course has changed": whoever listens reads the new state from the database, so order never matters. */
export type ProgressMessage = z.infer<typeof progressMessageSchema>;

const cancelMessageSchema = z.object({ generationId: z.string().min(1) });

/** Ends a subscription. */
export interface Unsubscribe {
  (): void;
  /** True once Redis sends messages (read a snapshot after that and nothing is missed); false if it never will. */
  readonly ready: Promise<boolean>;
}

/**
 * Messages between processes. They are hints: one that is sent while a connection is down is lost, and the database
 * stays the truth.
 */
export interface Signals {
  /** @throws UnavailableFault where Redis does not answer. */
  publishProgress(message: ProgressMessage): Promise<void>;
  onProgress(courseId: string, listener: (message: ProgressMessage) => void): Unsubscribe;
  /** @throws UnavailableFault where Redis does not answer. */
  publishCancel(generationId: string): Promise<void>;
  onCancel(listener: (generationId: string) => void): Unsubscribe;
}

export function createSignals(publisher: RedisClient, subscriber: RedisClient, keys: Keys): Signals {
  const listen = createListeners(subscriber);
  const publish = async (channel: string, schema: z.ZodType, message: unknown) => {
    const text = JSON.stringify(schema.parse(message));
    await orUnavailable(publisher.publish(channel, text));
  };
  return {
    publishProgress: (message) => publish(keys.progressChannel(message.courseId), progressMessageSchema, message),
    onProgress: (courseId, listener) =>
      listen(keys.progressChannel(courseId), (data) => {
        const message = progressMessageSchema.safeParse(data);
        if (message.success) listener(message.data);
      }),
    publishCancel: (generationId) => publish(keys.cancelChannel, cancelMessageSchema, { generationId }),
    onCancel: (listener) =>
      listen(keys.cancelChannel, (data) => {
        const message = cancelMessageSchema.safeParse(data);
        if (message.success) listener(message.data.generationId);
      }),
  };
}

type Listener = (data: unknown) => void;

/**
 * Shares one connection among all listeners: a channel is subscribed to by its first listener and left by its last.
 * Commands keep their order on the connection, so leaving and coming back at once is safe; after a reconnect
 * ioredis subscribes again by itself.
 */
function createListeners(subscriber: RedisClient): (channel: string, listener: Listener) => Unsubscribe {
  const channels = new Map<string, { readonly listeners: Set<Listener>; readonly ready: Promise<boolean> }>();

  subscriber.on('message', (channel: string, text: string) => {
    const listeners = channels.get(channel)?.listeners;
    if (!listeners) return;
    const data = parseJson(text);
    for (const listener of [...listeners]) listener(data);
  });

  const enter = (channel: string) => {
    const ready = subscriber.subscribe(channel).then(
      () => true,
      () => false,
    );
    const entry = { listeners: new Set<Listener>(), ready };
    channels.set(channel, entry);
    return entry;
  };

  return (channel, listener) => {
    const entry = channels.get(channel) ?? enter(channel);
    // A listener of its own, so that the same function may listen twice.
    const own: Listener = (data) => listener(data);
    entry.listeners.add(own);
    const unsubscribe = () => {
      if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
      channels.delete(channel);
      subscriber.unsubscribe(channel).catch(() => {});
    };
    return Object.assign(unsubscribe, { ready: entry.ready });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
