'use client';

import { useLocale } from 'next-intl';
import { usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';

const refreshMs = 60_000;
const nanoUsdPerCent = 10_000_000n;

/** @returns what a channel cost in the last 24 hours as text, to the cent where it is that much; undefined while it is on its way */
export function useChannelSpend(): (channelId: string) => string | undefined {
  const locale = useLocale();
  const { data } = api.channel.spend.useQuery(undefined, { refetchInterval: refreshMs });
  return (channelId) => {
    if (!data) return undefined;
    const spent = data.find((one) => one.channelId === channelId);
    if (!spent) return usdText(0n, locale);
    if (spent.costNanoUsd === undefined) return '–';
    const isCents = spent.costNanoUsd >= nanoUsdPerCent;
    return usdText(isCents ? (spent.costNanoUsd / nanoUsdPerCent) * nanoUsdPerCent : spent.costNanoUsd, locale);
  };
}
