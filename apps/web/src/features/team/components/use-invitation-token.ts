'use client';

import { useEffect, useState } from 'react';

/** Kept while its holder signs in on another page, in this tab alone. */
const place = 'bridge-invitation';

/** The secret of an invitation's link: behind the # of the address, where no server sees it. @returns undefined until it is read; '' where there is none */
export function useInvitationToken(): string | undefined {
  const [token, setToken] = useState<string>();
  useEffect(() => {
    const opened = window.location.hash.slice(1);
    if (opened !== '') window.sessionStorage.setItem(place, opened);
    setToken(opened || (window.sessionStorage.getItem(place) ?? ''));
  }, []);
  return token;
}

export function forgetInvitationToken(): void {
  window.sessionStorage.removeItem(place);
}
