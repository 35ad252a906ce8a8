import { MissingPart, type ToolId } from '@ai-bridge/tool-setup';
import { UneditableFile } from '../change/plan.ts';
import type { Texts } from '../language/texts.ts';
import type { Profile } from '../profiles/profile.ts';
import { tools } from '../tools/tools.ts';
import { UserError } from '../user-error.ts';

/** Does the work, and says what stands in its way in words. @throws UserError */
export function refusing<T>(tool: ToolId, profile: Profile, texts: Texts, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { label } = tools[tool];
    if (error instanceof UneditableFile) throw new UserError(texts.error.uneditable(error.path, error.line));
    if (!(error instanceof MissingPart)) throw error;
    const isModel = error.part === 'model';
    throw new UserError(isModel ? texts.error.noModel(label) : texts.error.speaksNot(profile.provider, label));
  }
}
