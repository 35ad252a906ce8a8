import { RelayError } from '@ai-bridge/domain';

/** The error for a text that is not the JSON it has to be; `at` is the byte it was noticed at. */
export function malformed(reason: string, at: number): RelayError {
  return new RelayError('invalid_request', { reason: `the body is not valid JSON: ${reason} at byte ${at}` });
}
