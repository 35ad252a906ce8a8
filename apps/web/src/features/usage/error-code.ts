import { type ErrorCode, errorCodes } from '@ai-bridge/domain';

/** A stored code as one of those that are explained; undefined for one of another version. */
export function readErrorCode(code: string | null): ErrorCode | undefined {
  return code !== null && Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : undefined;
}
