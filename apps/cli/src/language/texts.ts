import type { BadConfigReason } from '../profiles/read-configs.ts';
import type { DoctorTexts } from './doctor-texts.ts';

/** Every word that the command says. */
export interface Texts {
  readonly help: string;
  readonly ask: {
    readonly tool: string;
    readonly provider: string;
    readonly url: string;
    readonly key: string;
    readonly model: string;
    readonly modelHint: string;
    readonly cancelled: string;
  };
  readonly provider: Readonly<Record<'ai-bridge' | 'custom', string>>;
  readonly done: {
    readonly set: (tool: string, profile: string, url: string, key: string) => string;
    readonly made: (path: string) => string;
    readonly changed: (path: string, backup: string | undefined) => string;
    readonly unchanged: (path: string) => string;
    readonly saved: (names: string) => string;
    readonly tryIt: (command: string) => string;
    readonly zedKey: (variable: string) => string;
    readonly codexChat: (label: string) => string;
    readonly undoWith: string;
  };
  readonly list: { readonly head: (tool: string) => string; readonly none: (tool: string) => string };
  readonly undone: {
    readonly restored: (path: string) => string;
    readonly deleted: (path: string) => string;
    readonly nothing: (path: string) => string;
    readonly left: (path: string) => string;
    readonly copyKept: (copy: string) => string;
    readonly changed: (path: string, backup: string | undefined) => string;
    readonly lost: (path: string, backup: string) => string;
    readonly refused: string;
    readonly nothingToDo: string;
    readonly profilesStay: (path: string) => string;
  };
  readonly error: {
    readonly unknownCommand: (given: string) => string;
    readonly badArgument: (reason: string) => string;
    readonly tooMany: (given: string) => string;
    readonly unknownTool: (given: string, valid: string) => string;
    readonly unknownPreset: (given: string, valid: string) => string;
    readonly unknownKeyType: (given: string, valid: string) => string;
    readonly unknownProfile: (given: string, valid: string) => string;
    readonly noKey: string;
    readonly badKey: string;
    readonly badName: string;
    readonly noUrl: string;
    readonly badUrl: (given: string) => string;
    readonly noModel: (tool: string) => string;
    readonly speaksNot: (provider: string, tool: string) => string;
    readonly bothConfigs: string;
    readonly noFile: (path: string) => string;
    readonly badConfigs: (at: string, reason: BadConfigReason, given: string, providers: string) => string;
    readonly uneditable: (path: string, line: number | undefined) => string;
    readonly brokenState: (path: string) => string;
    readonly nameProfile: string;
    readonly files: (reason: string) => string;
  };
  readonly doctor: DoctorTexts;
}
