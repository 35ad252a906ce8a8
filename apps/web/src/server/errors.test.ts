import { AccessError } from '@ai-bridge/access';
import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { asRpcError, reasonOf, refuse } from './errors.ts';

test('no text of a database, a library or a stack leaves the process', () => {
  const cause = new Error('password authentication failed for user "bridge" at 10.0.0.3');
  const error = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: cause.message, cause });
  expect(reasonOf(error)).toBe('internal');
});

test('what was refused on purpose keeps its word', () => {
  expect(reasonOf(refuse('sign_up_closed'))).toBe('sign_up_closed');
  const worded = asRpcError(new AccessError('email_taken', 'taken'));
  expect(worded && reasonOf(worded)).toBe('email_taken');
  expect(worded?.code).toBe('CONFLICT');
  expect(asRpcError(new Error('other'))).toBeUndefined();
});
