import {
  type BillingDeps,
  countTopUps,
  findAutoTopUp,
  findPaymentMethod,
  followSetup,
  readAlertTerms,
} from '@ai-bridge/billing';
import { listCreditLots } from '@ai-bridge/ledger';

/**
 * What the billing page shows beside the balance.
 * @param of.isAwaited somebody comes from where a card is saved: the provider is asked what came of it
 */
export async function readBillingPage(
  deps: BillingDeps,
  of: { readonly organizationId: string; readonly isAwaited: boolean },
) {
  const { database, providers, clock } = deps;
  const { organizationId } = of;
  const provider = providers.current;
  const method = of.isAwaited
    ? await followSetup(deps, organizationId)
    : provider && (await findPaymentMethod(database, provider, organizationId));
  const [lots, alerts, auto, usedThisMonth] = await Promise.all([
    listCreditLots(database, organizationId),
    readAlertTerms(database, organizationId),
    findAutoTopUp(database, organizationId),
    countTopUps(database, organizationId, clock.now()),
  ]);
  return {
    ...{ lots, alerts, usedThisMonth },
    isOpen: provider !== undefined,
    isSandbox: provider?.name === 'sandbox',
    card: method?.savedAt ? { brand: method.brand, last4: method.last4, savedAt: method.savedAt } : null,
    isCardAwaited: method?.setupId != null,
    topUp: auto
      ? {
          ...{ isOn: auto.isOn, offReason: auto.offReason, belowNanoUsd: auto.belowNanoUsd, planId: auto.planId },
          ...{ amountMinor: auto.agreedAmountMinor, currency: auto.agreedCurrency, maxPerMonth: auto.maxPerMonth },
          nextAttemptAt: auto.declines > 0 ? auto.nextAttemptAt : null,
        }
      : null,
  };
}
