import { RelayError } from '@ai-bridge/domain';
import { parseObject } from '../json/parse.ts';
import type { Carried } from '../neutral/codec.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import type { PathHead } from '../request/head.ts';
import { arrayOf, bad, camelKeys, objectOf, otherFields, textOf } from './fields.ts';
import { Losses } from './losses.ts';
import { parseConfig } from './parse-config.ts';
import { parseContents, parseSystem } from './parse-contents.ts';
import { parseToolConfig, parseTools } from './parse-tools.ts';

/** `model` stands in the path; a body that says it again is not asked. */
const knownFields: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'generationConfig',
  'serviceTier',
]);

/**
 * A generateContent or streamGenerateContent request.
 *
 * @param path model and stream, which a Gemini body does not say
 * @throws RelayError invalid_request with the path of a field that is malformed
 */
export function parseRequest(body: Buffer, path: PathHead | undefined): Carried<NeutralRequest> {
  if (!path) throw bad('model', 'is required');
  const root = parseObject(body);
  if (!root) throw new RelayError('invalid_request', { reason: 'the body must be a JSON object' });
  const fields = camelKeys(root, '');
  const losses = new Losses();
  const config = parseConfig(objectOf(fields, 'generationConfig', '') ?? {});
  const settings = parseToolConfig(objectOf(fields, 'toolConfig', ''));
  const extras = [...otherFields(fields, knownFields, ''), ...config.extras, ...settings.extras];
  const serviceTier = textOf(fields, 'serviceTier', '');
  const value: NeutralRequest = {
    model: path.model,
    stream: path.stream,
    system: parseSystem(fields['systemInstruction'], losses),
    turns: parseContents(arrayOf(fields, 'contents', ''), losses),
    tools: parseTools(arrayOf(fields, 'tools', ''), losses),
    ...(settings.choice && { toolChoice: settings.choice }),
    ...config.read,
    ...(serviceTier !== undefined && { serviceTier: serviceTier.toLowerCase() }),
    ...(extras.length > 0 && { extras: { protocol: 'gemini', fields: Object.fromEntries(extras) } }),
  };
  return { value, losses: losses.list };
}
