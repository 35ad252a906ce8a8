import { type Effort, efforts } from '../neutral/request.ts';

/** What a model of OpenAI's takes; for models of others, which nobody knows, everything. */
export interface ModelRules {
  /** Efforts it knows, from least to most; none: it does not reason. undefined: unknown. */
  readonly efforts: readonly Effort[] | undefined;
  /** Marks in the prompt up to which it is kept; a 400 on older models. */
  readonly takesCacheMarks: boolean;
}

const graded: readonly Effort[] = ['low', 'medium', 'high'];
const current: readonly Effort[] = ['none', 'low', 'medium', 'high', 'xhigh'];

/** The first that the model's name begins with counts. */
const families: readonly (readonly [RegExp, readonly Effort[]])[] = [
  [/^gpt-[5-9][\d.]*-chat/, []],
  [/^(gpt-[34]|chatgpt-|davinci|babbage)/, []],
  [/^o\d|^codex-/, graded],
  [/^gpt-5(\.\d+)?-pro/, ['medium', 'high', 'xhigh']],
  [/^gpt-5\.1-codex-max/, ['low', 'medium', 'high', 'xhigh']],
  [/^gpt-5(\.1)?-codex/, graded],
  [/^gpt-5\.1/, ['none', ...graded]],
  [/^gpt-5\.\d+-codex/, ['low', 'medium', 'high', 'xhigh']],
  [/^gpt-5\.\d/, current],
  [/^gpt-5/, ['minimal', ...graded]],
  [/^gpt-[6-9]/, [...current, 'max']],
];

/** @param model the upstream's id; a provider's name before a slash is passed over */
export function modelRules(model: string): ModelRules {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return {
    efforts: families.find(([pattern]) => pattern.test(name))?.[1],
    takesCacheMarks: /^gpt-(5\.([6-9]|\d\d)|[6-9])/.test(name),
  };
}

/** Whether answers of the model may hold reasoning that has to come back. */
export function mayReason({ efforts: known }: ModelRules): boolean {
  return known === undefined || known.length > 0;
}

/** Temperature and top_p are a 400 for a model that reasons, unless it is told not to. */
export function takesSampling({ efforts: known }: ModelRules, effort: Effort | undefined): boolean {
  return known === undefined || known.length === 0 || effort === 'none';
}

/** The effort that the model knows and that is nearest; of two, the greater. */
export function nearestEffort({ efforts: known }: ModelRules, wanted: Effort): Effort | undefined {
  if (!known) return wanted;
  const distance = (effort: Effort) => Math.abs(efforts.indexOf(effort) - efforts.indexOf(wanted));
  let nearest: Effort | undefined;
  for (const effort of known) if (nearest === undefined || distance(effort) <= distance(nearest)) nearest = effort;
  return nearest;
}
