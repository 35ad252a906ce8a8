export type ThinkingLevel = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

/** How a model is told how much to think. */
export type ThinkingControl =
  | { readonly kind: 'level'; readonly levels: readonly ThinkingLevel[] }
  /** In tokens; 0 turns it off where that can be. */
  | { readonly kind: 'budget'; readonly min: number; readonly max: number; readonly canBeOff: boolean }
  | { readonly kind: 'none' };

/** What a Gemini model takes and what it does not. */
export interface ModelRules {
  readonly thinking: ThinkingControl;
  /** Reads addresses on the web that a request names (since 2.5; the 2.0 family does not). */
  readonly readsUrls: boolean;
  /** Refuses a call of the current turn that comes back without the signature it was made with. */
  readonly wantsSignatures: boolean;
  /** Takes pictures inside results of functions, and a resolution for each picture. */
  readonly hasMediaInResults: boolean;
}

/** The version of a model whose id tells none, such as gemini-flash-latest. */
const newest = 400;

/** The rules of a model by its upstream id, with or without `models/` and the like before it. */
export function rulesOf(model: string): ModelRules {
  const id = model.toLowerCase();
  const version = versionOf(id);
  return {
    thinking: thinkingOf(id, version),
    readsUrls: version >= 205,
    wantsSignatures: version >= 300,
    hasMediaInResults: version >= 300,
  };
}

/** 2.5 is 205. Google's models that are no Geminis count as old: they know none of what came later. */
function versionOf(id: string): number {
  const [, major, minor] = /gemini-(\d+)(?:\.(\d+))?/.exec(id) ?? [];
  if (major !== undefined) return Number(major) * 100 + Number(minor ?? 0);
  return /gemma|learnlm/.test(id) ? 0 : newest;
}

function thinkingOf(id: string, version: number): ThinkingControl {
  if (version >= 300) return { kind: 'level', levels: levelsOf(id, version) };
  if (version < 205) return { kind: 'none' };
  if (id.includes('flash-lite')) return { kind: 'budget', min: 512, max: 24_576, canBeOff: true };
  if (id.includes('flash')) return { kind: 'budget', min: 0, max: 24_576, canBeOff: true };
  return { kind: 'budget', min: 128, max: 32_768, canBeOff: false };
}

/** By Google's table: MINIMAL is for Flash-Lite and for Flash up to 3.6 (not for Argon), MEDIUM for all but the first Pro. */
function levelsOf(id: string, version: number): readonly ThinkingLevel[] {
  if (id.includes('flash-lite') || (id.includes('flash') && version <= 306))
    return ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'];
  if (id.includes('pro') && version === 300) return ['LOW', 'HIGH'];
  return ['LOW', 'MEDIUM', 'HIGH'];
}
