'use client';

import { useRef } from 'react';
import { api } from '#components/api.ts';

/** A secret is asked for anew when it works for less than this. */
const spareMs = 60_000;

interface Held {
  readonly apiKeyId: string;
  readonly secret: string;
  readonly worksUntil: Date;
}

/** Gives the short-lived secret of a key, kept in this page's memory and nowhere else. */
export function usePlaygroundSecret(): (apiKeyId: string) => Promise<string> {
  const held = useRef<Held>(undefined);
  const { mutateAsync } = api.playground.open.useMutation();
  return async (apiKeyId) => {
    const known = held.current;
    if (known?.apiKeyId === apiKeyId && known.worksUntil.getTime() - Date.now() > spareMs) return known.secret;
    const opened = await mutateAsync({ apiKeyId });
    held.current = { apiKeyId, ...opened };
    return opened.secret;
  };
}
