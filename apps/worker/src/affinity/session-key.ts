import { hash } from 'node:crypto';
import type { RequestHead } from '@ai-bridge/protocol';
import type { RequestHeaders } from '../http1/request-head.ts';
import { prefixKey } from './prefix-key.ts';

/** What clients call their conversation, in the order in which they are believed. */
const sessionHeaders = ['x-session-id', 'session-id', 'session_id', 'x-claude-code-session-id', 'x-session-affinity'];
/** Longer names are hashed: they are kept for many sessions. */
const maxNameCharacters = 80;
/** The session in what Claude Code sends as its user, in the forms of its versions: `user_..._session_<id>`, and JSON. */
const claudeCodeSession = /session_(?:id"\s*:\s*")?([\w-]{8,})/;
const cachedContent = /"(?:cachedContent|cached_content)"\s*:\s*"([^"\\]{1,256})"/;
const cachedContentKeys = ['"cachedContent"', '"cached_content"'].map((key) => Buffer.from(key));
/** The name stands near its key. */
const cachedContentBytes = 512;

/**
 * What binds the requests of one conversation together: the client's own word for it, else what the conversation begins with.
 * @returns undefined for what is no conversation yet; never the same for two organizations
 */
export function sessionKey(
  organizationId: string,
  headers: RequestHeaders,
  head: RequestHead,
  body: Buffer,
): string | undefined {
  const name = named(headers, head, body);
  if (name !== undefined) {
    return `${organizationId} ${name.length > maxNameCharacters ? hash('sha1', name, 'base64url') : name}`;
  }
  const prefix = prefixKey(body);
  return prefix === undefined ? undefined : `${organizationId} ${prefix}`;
}

function named(headers: RequestHeaders, head: RequestHead, body: Buffer): string | undefined {
  for (const header of sessionHeaders) {
    const value = headers[header];
    if (value !== undefined && value !== '') return value;
  }
  if (head.protocol === 'anthropic-messages') return claudeCodeSession.exec(head.sessionHint ?? '')?.[1];
  return head.protocol === 'gemini' ? cachedContentName(body) : head.sessionHint;
}

function cachedContentName(body: Buffer): string | undefined {
  for (const key of cachedContentKeys) {
    const at = body.indexOf(key);
    if (at !== -1) return cachedContent.exec(body.toString('latin1', at, at + cachedContentBytes))?.[1];
  }
  return undefined;
}
