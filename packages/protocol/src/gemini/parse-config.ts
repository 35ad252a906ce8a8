import { asObject, type JsonObject } from '../json/parse.ts';
import { type Effort, efforts, type NeutralRequest, type OutputFormat, type Reasoning } from '../neutral/request.ts';
import { bad, flagOf, numberOf, objectOf, otherFields, textOf, textsOf } from './fields.ts';
import { readGoogleSchema } from './schema-read.ts';

const path = 'generationConfig';

const knownFields: ReadonlySet<string> = new Set([
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'stopSequences',
  'presencePenalty',
  'frequencyPenalty',
  'seed',
  'thinkingConfig',
]);
const knownFieldsAndFormat: ReadonlySet<string> = new Set([
  ...knownFields,
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
]);
const thinkingFields: ReadonlySet<string> = new Set(['includeThoughts', 'thinkingBudget', 'thinkingLevel']);

export type ReadConfig = Pick<NeutralRequest, 'maxOutputTokens' | 'sampling' | 'reasoning' | 'format'>;

/** `generationConfig` in neutral words, and what of it has none. */
export function parseConfig(config: JsonObject): { readonly read: ReadConfig; readonly extras: [string, unknown][] } {
  const thinking = objectOf(config, 'thinkingConfig', path) ?? {};
  const format = parseFormat(config);
  // An answer that is one word of a list, without quotes around it: only Gemini has that.
  const known = format === 'enum' ? knownFields : knownFieldsAndFormat;
  const extras = [
    ...otherFields(config, known, path),
    ...otherFields(thinking, thinkingFields, `${path}.thinkingConfig`),
  ];
  const reasoning = parseThinking(thinking);
  // Zero is this format's way to leave a number unset.
  const maxOutputTokens = numberOf(config, 'maxOutputTokens', path) || undefined;
  return {
    read: {
      sampling: parseSampling(config),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      ...(reasoning && { reasoning }),
      ...(format && format !== 'enum' && { format }),
    },
    extras,
  };
}

function parseSampling(config: JsonObject): NeutralRequest['sampling'] {
  const stop = textsOf(config, 'stopSequences', path);
  return {
    ...present('temperature', numberOf(config, 'temperature', path)),
    ...present('topP', numberOf(config, 'topP', path)),
    ...present('topK', numberOf(config, 'topK', path)),
    ...present('presencePenalty', numberOf(config, 'presencePenalty', path)),
    ...present('frequencyPenalty', numberOf(config, 'frequencyPenalty', path)),
    ...present('seed', numberOf(config, 'seed', path)),
    ...(stop.length > 0 && { stop }),
  };
}

function present<Name extends string>(name: Name, value: number | undefined): { [Key in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: number };
}

function parseThinking(thinking: JsonObject): Reasoning | undefined {
  const at = `${path}.thinkingConfig`;
  const budgetTokens = numberOf(thinking, 'thinkingBudget', at);
  const effort = effortOf(textOf(thinking, 'thinkingLevel', at), `${at}.thinkingLevel`);
  const isShown = flagOf(thinking, 'includeThoughts', at);
  if (budgetTokens === undefined && effort === undefined && isShown === undefined) return undefined;
  return {
    ...(effort && { effort }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(isShown !== undefined && { isShown }),
  };
}

function effortOf(level: string | undefined, at: string): Effort | undefined {
  if (!level || level === 'THINKING_LEVEL_UNSPECIFIED') return undefined;
  const effort = efforts.find((name) => name === level.toLowerCase());
  if (!effort) throw bad(at, 'must be MINIMAL, LOW, MEDIUM or HIGH');
  return effort;
}

function parseFormat(config: JsonObject): OutputFormat | 'enum' | undefined {
  const mediaType = textOf(config, 'responseMimeType', path);
  if (mediaType === 'text/x.enum') return 'enum';
  const google = objectOf(config, 'responseSchema', path);
  const full = config['responseJsonSchema'];
  if (full !== undefined && google) throw bad(`${path}.responseSchema`, 'must not stand beside responseJsonSchema');
  const schema = full === undefined ? google && readGoogleSchema(google) : asObject(full);
  if (full !== undefined && !schema) throw bad(`${path}.responseJsonSchema`, 'must be an object');
  if (schema) return { kind: 'schema', schema };
  return mediaType === 'application/json' ? { kind: 'json' } : undefined;
}
