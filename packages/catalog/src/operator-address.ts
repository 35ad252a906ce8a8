import { isPrivateHost, readBaseUrl } from './base-url.ts';

/** The variables by which an operator points providers elsewhere: at a gateway of his own, or at a stand-in. */
export interface OperatorAddresses {
  readonly ANTHROPIC_BASE_URL?: string | undefined;
  readonly OPENAI_BASE_URL?: string | undefined;
  readonly GEMINI_BASE_URL?: string | undefined;
}

/**
 * An address in the environment is the operator's own word, so a private one is meant.
 * @throws Error that names the variable
 */
export function readOperatorAddress(variable: string, text: string): { baseUrl: string; allowPrivate: boolean } {
  const read = readBaseUrl(text, true);
  if ('problem' in read) throw new Error(`${variable}: ${read.problem}`);
  return { baseUrl: read.baseUrl, allowPrivate: isPrivateHost(new URL(read.baseUrl).hostname) };
}
