/** What `doctor` says: what was found, and what to do next. */
export interface DoctorTexts {
  readonly status: Readonly<Record<'ok' | 'warning' | 'fault', string>>;
  readonly check: Readonly<Record<'setup' | 'command' | 'variables' | 'address' | 'key' | 'call', string>>;
  readonly nothingSetUp: string;
  readonly runInit: string;
  readonly fine: string;
  readonly faults: (count: number) => string;
  readonly unreadable: (path: string, line: number | undefined) => string;
  readonly mendFile: string;
  readonly commandFound: (command: string, path: string) => string;
  readonly commandMissing: (command: string) => string;
  readonly installIt: (command: string) => string;
  readonly noCommand: string;
  readonly noShadows: string;
  /** Two places say different things, and one of them wins. */
  readonly shadowed: (name: string, loser: string, winner: string) => string;
  readonly unset: (name: string) => string;
  readonly twoKeys: (one: string, other: string) => string;
  readonly overrides: (name: string, what: string) => string;
  readonly inProject: (name: string, path: string) => string;
  readonly removeFrom: (name: string, file: string) => string;
  readonly codexChat: (provider: string) => string;
  readonly codexChatNext: string;
  readonly inShell: string;
  readonly whatAddress: string;
  readonly whatKey: string;
  readonly whatProvider: string;
  readonly addressMissing: string;
  readonly addressBad: (url: string) => string;
  readonly addressBadNext: string;
  readonly addressAnswers: (url: string) => string;
  readonly unreachable: Readonly<
    Record<'refused' | 'unknown-host' | 'certificate' | 'timeout' | 'other', (url: string) => string>
  >;
  readonly unreachableNext: Readonly<Record<'refused' | 'unknown-host' | 'certificate' | 'timeout' | 'other', string>>;
  readonly proxyNote: string;
  readonly keyMissing: string;
  readonly keyInKeychain: (variable: string) => string;
  readonly keyInKeychainNext: (variable: string) => string;
  readonly keyUnchecked: (key: string) => string;
  readonly keyGood: (key: string, name: string, balance: string | undefined) => string;
  readonly keyEmpty: (key: string, name: string) => string;
  readonly keyRefused: (key: string) => string;
  readonly keyRefusedNext: string;
  readonly topUpNext: string;
  readonly modelMissing: string;
  readonly modelMissingNext: string;
  readonly callWorked: (model: string, milliseconds: number, servedBy: string | undefined) => string;
  readonly callFailed: (model: string, status: number, message: string) => string;
  readonly callNotJson: (url: string) => string;
  readonly callNext: Readonly<Record<'key' | 'balance' | 'model' | 'address' | 'later' | 'request', string>>;
  readonly callSkipped: string;
}
