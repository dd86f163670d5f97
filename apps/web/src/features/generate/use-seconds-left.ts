'use client';

import { useEffect, useState } from 'react';

/** Whole seconds left of `seconds`, counted from the first render by the clock, so that sleep does not stop it. */
export function useSecondsLeft(seconds: number): number {
  const [endMs] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endMs - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [endMs]);
  return left;
}
