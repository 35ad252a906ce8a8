import type { NeutralRequest } from '../neutral/request.ts';

type Fields = Record<string, unknown>;

interface OwnExtras {
  readonly top: Fields;
  readonly metadata: Fields | undefined;
  readonly outputConfig: Fields | undefined;
}

/** Said again where the model's rules are known: render-reasoning.ts. */
const writtenElsewhere = new Set(['thinking', 'output_config.effort']);

/** The extras of a client that speaks this protocol itself, by the object they stand in. Those of tools are written with the tools. */
export function ownExtras({ extras }: NeutralRequest): OwnExtras {
  const top: Fields = {};
  const nested: Record<string, Fields> = {};
  for (const [path, value] of Object.entries(extras?.protocol === 'anthropic-messages' ? extras.fields : {})) {
    const dot = path.indexOf('.');
    if (writtenElsewhere.has(path)) continue;
    if (dot === -1) top[path] = value;
    else {
      const holder = path.slice(0, dot);
      nested[holder] = { ...nested[holder], [path.slice(dot + 1)]: value };
    }
  }
  return { top, metadata: nested['metadata'], outputConfig: nested['output_config'] };
}
