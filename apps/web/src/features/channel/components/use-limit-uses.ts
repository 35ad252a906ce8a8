'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import type { Channel } from '../channel-filter.ts';
import { isAmount } from '../limit-form.ts';
import { type LimitUse, limitUses } from '../limit-use.ts';

const refreshMs = 10_000;

/** How much of a channel's limits is used just now, and how that is written: "3 of 10". */
export function useLimitUses() {
  const t = useTranslations('channels');
  const locale = useLocale();
  const { data } = api.channel.spendSoFar.useQuery(undefined, { refetchInterval: refreshMs });
  const amount = ({ name }: LimitUse, value: bigint) =>
    isAmount(name) ? usdText(value, locale) : countText(value, locale);
  return {
    usesOf: (channel: Channel) =>
      limitUses(channel, data && (data.find(({ channelId }) => channelId === channel.id) ?? null)),
    limitText: (use: LimitUse) => amount(use, use.limit),
    textOf: (use: LimitUse) =>
      t('limit.usedOf', {
        used: use.used === undefined ? '–' : amount(use, use.used),
        limit: amount(use, use.limit),
      }),
  };
}
