import type { Locale } from '#i18n/routing.ts';
import type { PlaceholderValues } from './placeholders.ts';

export const maxReplyTitleLength = 80;
/** Below what a reason may have, so that it fits with its placeholders filled in. */
export const maxReplyTextLength = 800;
/** The most replies that are kept. */
export const maxReplies = 200;

/** Whom an answer is for. */
export interface AnswerReader {
  /** Null where nobody is known: the organization's name then stands for it. */
  readonly name: string | null;
  readonly language: Locale;
}

/** What a reply is put into: whose language it is written in, and what its placeholders stand for there. */
export interface AnswerContext {
  readonly language: Locale;
  readonly valuesIn: (language: Locale) => PlaceholderValues;
}
