import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type zh from './messages/zh/index.ts';

/** A part of the interface's text: one file of messages. What the user API says is no page's. */
export type MessagePart = Exclude<keyof typeof zh, 'userApi'>;

export interface ClientMessagesProps {
  /** What client components below need; undefined: all that any of them does. It takes the place of what a layout above gave. */
  readonly parts?: readonly MessagePart[] | undefined;
  readonly children: ReactNode;
}

/** Gives text to client components. Server components read it where it lies, so that only these parts travel with the page. */
export async function ClientMessages({ parts, children }: ClientMessagesProps) {
  const { userApi: _, ...all } = await getMessages();
  const messages = parts ? Object.fromEntries(parts.map((part) => [part, all[part]])) : all;
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}

/** What every page's frame needs in the browser: the error page, copy buttons, the header. */
export const frameParts = [
  'common',
  'errors',
  'shell',
  'palette',
  'announcements',
  'maintenance',
] as const satisfies readonly MessagePart[];
