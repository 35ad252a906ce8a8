/** What the Stripe adapter is set up with. */
export interface StripeSettings {
  readonly secretKey: string;
  /** One, or two while the secret is being changed. */
  readonly webhookSecrets: readonly string[];
  /** Another host than Stripe's, for tests. */
  readonly apiBase: URL | undefined;
  readonly livemode: boolean;
}

/** A Stripe set-up that must not start: the message says what to do. */
export class StripeSettingsError extends Error {
  override readonly name = 'StripeSettingsError';
}

const keyPattern = /^(sk|rk)_(live|test)_\w+$/;
const webhookSecretPattern = /^whsec_\S{16,}$/;

/**
 * Reads STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET (two, separated by a comma, while it is being changed) and STRIPE_API_BASE. Undefined where
 * there is no key. A key without a webhook secret would let anybody say that they have paid, or nobody: it is refused.
 * @throws StripeSettingsError
 */
export function readStripeSettings(env: Readonly<Record<string, string | undefined>>): StripeSettings | undefined {
  const secretKey = env.STRIPE_SECRET_KEY?.trim() ?? '';
  if (secretKey === '') return undefined;
  const mode = keyPattern.exec(secretKey)?.[2];
  if (!mode) {
    throw new StripeSettingsError('STRIPE_SECRET_KEY: expected a secret or restricted key (sk_live_..., rk_test_...)');
  }
  const webhookSecrets = (env.STRIPE_WEBHOOK_SECRET ?? '').split(',').map((secret) => secret.trim());
  if (!webhookSecrets.every((secret) => webhookSecretPattern.test(secret))) {
    throw new StripeSettingsError(
      'STRIPE_WEBHOOK_SECRET: expected the signing secret of the webhook endpoint (whsec_...); payments do not start without it',
    );
  }
  return { secretKey, webhookSecrets, apiBase: readApiBase(env.STRIPE_API_BASE), livemode: mode === 'live' };
}

function readApiBase(text: string | undefined): URL | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new StripeSettingsError('STRIPE_API_BASE: expected an address such as http://127.0.0.1:12111');
}
