'use client';

import { useCallback, useEffect, useState } from 'react';
import type { StatusReport } from './report.ts';

const refreshMs = 30_000;
/** How long one look may take. */
const lookTimeoutMs = 10_000;

/** The report as it was when the page was made, then as it is every half minute while somebody looks. No page needs the console's API for it. */
export function useStatus(first: StatusReport) {
  const [report, setReport] = useState(first);
  const [hasFailed, setHasFailed] = useState(false);
  const look = useCallback(async () => {
    try {
      const answer = await fetch('/api/status', { signal: AbortSignal.timeout(lookTimeoutMs) });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const read = (await answer.json()) as Omit<StatusReport, 'updatedAt'> & { readonly updatedAt: string };
      setReport({ ...read, updatedAt: new Date(read.updatedAt) });
      setHasFailed(false);
    } catch {
      setHasFailed(true);
    }
  }, []);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, refreshMs);
    return () => clearInterval(timer);
  }, [look]);
  return { report, hasFailed, look };
}
