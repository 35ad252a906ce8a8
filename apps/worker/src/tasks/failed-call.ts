import type { ChannelTestResult } from '@ai-bridge/catalog';
import { withoutSecrets } from '../upstream/without-secrets.ts';

export type TaskFailure = NonNullable<ChannelTestResult['failure']>;

const maxTextCharacters = 4_000;
/** Looked through for secrets: what is cut off must not begin in the middle of one. */
const maxReadCharacters = 16_000;

/** An answer that is an error, in the upstream's own words. */
export function failedAnswer(text: string, credential: string | undefined): TaskFailure {
  return { kind: 'answer', text: clean(text, credential) };
}

/** What kept a call from being answered at all. */
export function failedCall(error: unknown, credential: string | undefined): TaskFailure {
  const kind = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connect';
  return { kind, text: clean(describe(error), credential) };
}

function clean(text: string, credential: string | undefined): string {
  return withoutSecrets(text.slice(0, maxReadCharacters), credential).slice(0, maxTextCharacters);
}

/** Errors of several addresses tried in turn have no message of their own. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message || (inner instanceof Error ? inner.message : error.name);
  const code = (error as NodeJS.ErrnoException).code;
  return code && !message.includes(code) ? `${code}: ${message}` : message;
}
