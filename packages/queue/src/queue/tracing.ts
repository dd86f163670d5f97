import { BullMQOtel } from 'bullmq-otel';

/** Carries a trace through the queue: what a job does belongs to the trace of whoever added it. */
export function createQueueTracing(): BullMQOtel {
  return new BullMQOtel({ tracerName: 'megacampus' });
}
