'use client';

import { useEffect, useRef, useState } from 'react';
import { api } from '#components/api.ts';
import { useRouter } from '#i18n/navigation.ts';

/** What a customer wants to buy. */
export type Wish = { readonly planId: string } | { readonly amountMinor: bigint };

const keyBytes = 16;

/** Leads to where an order is paid: a page of this site in the reader's language, or the provider's. */
export function useLeave(): (checkoutUrl: string) => void {
  const router = useRouter();
  return (checkoutUrl) =>
    checkoutUrl.startsWith('/') ? router.push(checkoutUrl) : window.location.assign(checkoutUrl);
}

/**
 * Begins an order and leads to where it is paid. What is wanted keeps its key until its order is over: pressed twice, after a failure, or after
 * coming back from the provider, it is one order.
 */
export function useCheckout() {
  const leave = useLeave();
  const keys = useRef(new Map<string, string>());
  const [wanted, setWanted] = useState<string>();
  const create = api.order.create.useMutation();
  const { reset } = create;

  useEffect(() => {
    // Back from the provider's page, browsers show this one as it was left.
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && reset();
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [reset]);

  function begin(wish: Wish): void {
    const name = nameOf(wish);
    const known = keys.current.get(name);
    const clientKey = known ?? newClientKey();
    keys.current.set(name, clientKey);
    setWanted(name);
    create.mutate(
      { clientKey, wish },
      {
        onSuccess: ({ checkoutUrl }) => leave(checkoutUrl),
        onError(error) {
          if (error.data?.reason !== 'order_closed') return;
          keys.current.delete(name);
          if (known) begin(wish);
        },
      },
    );
  }

  return {
    begin,
    error: create.error,
    /** Under way, until the page is left. */
    isBusyWith: (wish: Wish) => wanted === nameOf(wish) && (create.isPending || create.isSuccess),
  };
}

const nameOf = (wish: Wish): string => ('planId' in wish ? `plan ${wish.planId}` : `amount ${wish.amountMinor}`);

/** Not randomUUID, which browsers have over https alone. */
function newClientKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
