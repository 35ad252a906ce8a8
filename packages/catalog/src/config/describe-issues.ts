import type { z } from 'zod';
import { type ConfigProblem, pathText } from './config-error.ts';

/** zod's findings as lines for people. An unknown field is named, with those that are known beside it. */
export function describeIssues(schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): ConfigProblem[] {
  return issues.flatMap((issue): ConfigProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      const known = fieldsAt(schema, issue.path);
      const expected = known.length > 0 ? `, expected one of ${known.join(', ')}` : '';
      return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: `unknown field${expected}` }));
    }
    const message = issue.message.replace(/^Invalid (?:input|option): /, '').replace(/^Too (?:small|big): /, '');
    return [{ path: pathText(issue.path), message }];
  });
}

/** The fields of the object schema at a path; none where the way there is not plain. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of path) {
    const here = unwrapped(at);
    at = here.shape && typeof part === 'string' ? here.shape[part] : here.element;
  }
  return Object.keys(unwrapped(at).shape ?? {});
}

interface SchemaParts {
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
  readonly def?: { readonly innerType?: unknown; readonly in?: unknown };
}

/** Past optional, default and transform, down to the object or array inside. */
function unwrapped(schema: unknown): SchemaParts {
  const parts = (schema ?? {}) as SchemaParts;
  const inner = parts.def?.innerType ?? parts.def?.in;
  return inner === undefined ? parts : unwrapped(inner);
}
