'use client';

import { useEffect, useState } from 'react';

/** What stands behind the # of this page's address, for secrets that no server is to see. @returns undefined until it is read; '' where there is nothing */
export function useFragment(): string | undefined {
  const [fragment, setFragment] = useState<string>();
  useEffect(() => setFragment(window.location.hash.slice(1)), []);
  return fragment;
}
