'use client';

import { createNavigation } from 'next-intl/navigation';
import { type ComponentProps, useState } from 'react';
import { routing } from './routing.ts';

const { Link: LoadingLink } = createNavigation(routing);

export type LinkProps = Omit<ComponentProps<typeof LoadingLink>, 'prefetch'>;

/**
 * A link within the site, in the reader's language. What it leads to is loaded ahead as soon as somebody is about to follow
 * it: a pointer is over it or a finger on it, or the keyboard has come to it. By itself Next loads ahead whatever is in sight,
 * and a page with a rail and a table would ask the server for forty others that nobody looks at.
 */
export function Link({ onPointerEnter, onPointerLeave, onFocus, onBlur, ...others }: LinkProps) {
  const [isMeant, setMeant] = useState(false);
  return (
    <LoadingLink
      {...others}
      prefetch={isMeant ? 'auto' : false}
      onPointerEnter={(event) => {
        setMeant(true);
        onPointerEnter?.(event);
      }}
      onPointerLeave={(event) => {
        setMeant(false);
        onPointerLeave?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setMeant(false);
        onBlur?.(event);
      }}
    />
  );
}
