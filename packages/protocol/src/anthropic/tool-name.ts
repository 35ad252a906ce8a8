import { shortToolName } from '../neutral/tool-names.ts';

const legalName = /^[a-zA-Z0-9_-]{1,128}$/;

/** A tool's name as Anthropic takes it. Encoders find the way back from a shortened one. */
export function toolName(name: string): string {
  return legalName.test(name) ? name : shortToolName(name);
}
