import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { describeIssues } from './describe-issues.ts';
import { type CatalogConfig, catalogSections } from './sections.ts';

const maxConfigCharacters = 4_000_000;

/**
 * Reads a config file (YAML). The catalog knows its own sections; those that other packages own are handed in, so that
 * one file is checked whole before any of it is applied:
 *
 *     parseConfig(text, fileName, { organizations: organizationsSection })
 *
 * Throws ConfigError with a line for each unknown field and bad value.
 */
export function parseConfig<Sections extends z.ZodRawShape>(
  text: string,
  fileName: string,
  otherSections: Sections,
): CatalogConfig & z.output<z.ZodObject<Sections>> {
  const schema = z.strictObject({ ...catalogSections, ...otherSections });
  const result = schema.safeParse(readYaml(text, fileName));
  if (!result.success) throw new ConfigError(fileName, describeIssues(schema, result.error.issues));
  return result.data as CatalogConfig & z.output<z.ZodObject<Sections>>;
}

function readYaml(text: string, fileName: string): unknown {
  if (text.length > maxConfigCharacters)
    throw new ConfigError(fileName, [{ path: '', message: `expected at most ${maxConfigCharacters} characters` }]);
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => {
      const line = text.slice(0, pos[0]).split('\n').length;
      return { path: `line ${line}`, message };
    });
    throw new ConfigError(fileName, problems);
  }
  try {
    return document.toJS() ?? {};
  } catch (error) {
    // Too many aliases, or one that leads nowhere.
    throw new ConfigError(fileName, [{ path: '', message: error instanceof Error ? error.message : 'not readable' }]);
  }
}
