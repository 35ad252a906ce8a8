import type { JsonObject } from '../json/parse.ts';
import type { Effort, NeutralRequest } from '../neutral/request.ts';
import { badField } from './fields.ts';
import { strictSchema } from './strict-schema.ts';
import type { Writing } from './writing.ts';

/**
 * The field output_config; undefined: not written. Models without structured outputs get a 400 for a schema rather than an emulation: a tool
 * forced in its place would bar other tools and thinking, and a plain request for JSON guarantees nothing.
 *
 * @throws RelayError invalid_request
 */
export function renderOutputConfig(
  request: NeutralRequest,
  effort: Effort | undefined,
  own: object | undefined,
  writing: Writing,
): object | undefined {
  const format = renderFormat(request, writing);
  if (!format && !effort && !own) return undefined;
  return { ...own, ...(effort ? { effort } : {}), ...(format ? { format } : {}) };
}

function renderFormat({ format, extras }: NeutralRequest, { rules, losses }: Writing): JsonObject | undefined {
  if (format?.kind !== 'schema') return undefined;
  const path = 'response_format';
  if (!rules.takesSchema) throw badField(path, 'this model cannot guarantee a schema');
  if (format.description) losses.add(`${path}.description`, 'the provider has no such field');
  const isOwn = extras?.protocol === 'anthropic-messages';
  const schema = isOwn ? format.schema : strictSchema(format.schema, `${path}.schema`, losses);
  return { type: 'json_schema', schema };
}
