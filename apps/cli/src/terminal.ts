import { password, select, text } from '@clack/prompts';
import type { Prompts } from './commands/session.ts';

const answerOf = (answer: string | symbol): string | undefined => (typeof answer === 'symbol' ? undefined : answer);

/** Questions to who sits at the terminal. */
export const terminalPrompts: Prompts = {
  async choose(message, choices, initialValue) {
    const options = choices.map(({ value, label }) => ({ value, label }));
    return answerOf(await select<string>({ message, options, initialValue }));
  },
  ask: async (message, placeholder, fault) =>
    answerOf(
      await text({
        message,
        placeholder,
        defaultValue: '',
        validate: (answer: string | undefined) => fault(answer ?? ''),
      }),
    ),
  askSecret: async (message, fault) =>
    answerOf(await password({ message, mask: '•', validate: (answer: string | undefined) => fault(answer ?? '') })),
};
