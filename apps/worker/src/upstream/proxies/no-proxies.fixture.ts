import type { Proxies } from './proxies.ts';

/** For tests of what goes out directly: whoever asks for a proxy has gone wrong. */
export const noProxies: Proxies = {
  choose: () => {
    throw new Error('no proxy was to be asked for');
  },
  hasWorking: () => false,
  recheckMs: 0,
  all: () => [],
  close: async () => {},
};
