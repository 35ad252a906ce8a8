import { asObject, type JsonObject } from '../json/parse.ts';
import { type Effort, efforts, type OutputFormat, type Reasoning } from '../neutral/request.ts';
import { badField, optionalNumber, optionalObject, optionalText, otherFields, requiredText } from './fields.ts';

const configFields = new Set(['effort', 'format']);

interface ParsedOutput {
  readonly reasoning: Reasoning | undefined;
  readonly format: OutputFormat | undefined;
  /** Among them thinking and effort as they were said: the neutral words tell less (effort without thinking, display, between_tools). */
  readonly extras: Readonly<Record<string, unknown>>;
}

/**
 * `thinking`, `output_config` and the older `output_format`.
 *
 * @throws RelayError invalid_request
 */
export function parseOutput(root: JsonObject): ParsedOutput {
  const thinking = optionalObject(root, 'thinking', '');
  const config = optionalObject(root, 'output_config', '') ?? {};
  const effort = readEffort(config);
  const format =
    optionalObject(config, 'format', 'output_config.') ?? optionalObject(root, 'output_format', '') ?? undefined;
  const extras = Object.fromEntries(
    Object.entries(otherFields(config, configFields) ?? {}).map(([key, value]) => [`output_config.${key}`, value]),
  );
  return {
    reasoning: readReasoning(thinking, effort),
    format: format && readFormat(format),
    extras: {
      ...extras,
      ...(thinking ? { thinking } : {}),
      ...(effort ? { 'output_config.effort': effort } : {}),
    },
  };
}

function readEffort(config: JsonObject): Effort | undefined {
  const text = optionalText(config, 'effort', 'output_config.');
  const effort = efforts.find((one) => one === text);
  if (text !== undefined && !effort) throw badField('output_config.effort', `must be one of ${efforts.join(', ')}`);
  return effort;
}

/** A client of this protocol reads thinking blocks, unless it says that their text may be left out. */
function readReasoning(thinking: JsonObject | undefined, effort: Effort | undefined): Reasoning | undefined {
  if (!thinking) return effort && { effort };
  const isShown = optionalText(thinking, 'display', 'thinking.') !== 'omitted';
  switch (requiredText(thinking, 'type', 'thinking.')) {
    case 'disabled':
    // No thinking but notes between calls: the least that its models can do.
    case 'between_tools':
      return { effort: 'none' };
    case 'enabled': {
      const budgetTokens = optionalNumber(thinking, 'budget_tokens', 'thinking.');
      if (budgetTokens === undefined) throw badField('thinking.budget_tokens', 'is required');
      return { budgetTokens, effort, isShown };
    }
    default:
      return { effort, isShown };
  }
}

function readFormat(format: JsonObject): OutputFormat {
  const schema = asObject(format['schema']);
  if (format['type'] !== 'json_schema') throw badField('output_config.format.type', 'must be json_schema');
  if (!schema) throw badField('output_config.format.schema', 'must be an object');
  return { kind: 'schema', schema };
}
