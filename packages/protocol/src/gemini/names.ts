import { bad } from './fields.ts';

const rule = /^[A-Za-z_][\w.:-]{0,127}$/;

/**
 * A function's name, as Gemini takes it.
 * @throws RelayError invalid_request where it breaks Gemini's rule: changed names could not be changed back in the answer
 */
export function checkName(name: string, path: string): string {
  if (rule.test(name)) return name;
  throw bad(path, 'must begin with a letter or _ and hold at most 128 letters, digits, _ . : or - for this provider');
}
