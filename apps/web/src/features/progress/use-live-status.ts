'use client';

import type { CheckStatusResponse } from '@megacampus/domain/api';
import { type GenerationStatus, hasEnded } from '@megacampus/domain/lifecycle';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { type Connection, type StatusHandlers, watchStatus } from './watch-status.ts';

/**
 * The course's state as it changes, starting from what the server rendered. When the generation has ended, the page
 * is rendered anew by the server.
 */
export function useLiveStatus(
  initial: CheckStatusResponse,
  onEnded: (status: GenerationStatus | null) => void,
): { status: CheckStatusResponse; connection: Connection } {
  const router = useRouter();
  const [status, setStatus] = useState(initial);
  const [connection, setConnection] = useState<Connection>('live');
  const { slug } = initial;
  const ended = useEffectEvent(onEnded);
  const watch = useEffectEvent((of: string, handlers: StatusHandlers) => watchStatus(of, initial, handlers));

  useEffect(() => {
    const stop = watch(slug, {
      onStatus(next) {
        // A poll may be overtaken by an event: what is older than what we have is no news.
        setStatus((known) => (Date.parse(next.updatedAt) < Date.parse(known.updatedAt) ? known : next));
        if (hasEnded(next.currentGenerationStatus)) {
          stop();
          ended(next.currentGenerationStatus);
          router.refresh();
        }
      },
      onConnection: setConnection,
      onLost() {
        stop();
        router.refresh();
      },
    });
    return stop;
  }, [slug, router]);

  return { status, connection };
}
