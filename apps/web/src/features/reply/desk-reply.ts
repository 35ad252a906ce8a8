import type { ApiOutput } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';

/** A reply as staff keep it. */
export type DeskReply = ApiOutput['reply']['list'][number];

/** Replies in the order of their titles, as the reader's language sorts them. */
export function byTitle<One extends Pick<DeskReply, 'title'>>(replies: readonly One[], locale: string): One[] {
  const { compare } = new Intl.Collator(locale);
  return replies.toSorted((a, b) => compare(textIn(locale, a.title), textIn(locale, b.title)));
}
