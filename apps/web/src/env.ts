import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  /** Signs the session cookie. */
  NEXTAUTH_SECRET: z.string().min(16),
  /** Where the console is reached; https here makes its cookies Secure. */
  NEXTAUTH_URL: z.url().optional(),
  /** The same on this machine, for what needs an address where NEXTAUTH_URL is not set. */
  WEB_URL: z.url().default('http://127.0.0.1:3000'),
  BRIDGE_KEY_PEPPER: z.string().min(16),
  /** The half of BRIDGE_SEALING_KEY that seals channel credentials; the half that opens them is the worker's alone. */
  BRIDGE_SEALING_PUBLIC_KEY: z.string().regex(/^[\w-]{43}$/),
  /** Where clients reach the worker; without it the console's own host name with the worker's port is shown. */
  WORKER_PUBLIC_URL: z.url().optional(),
  /** In the place of the providers' own addresses: customers' own keys are sealed for these. The worker reads the same. */
  ANTHROPIC_BASE_URL: z.string().optional(),
  OPENAI_BASE_URL: z.string().optional(),
  GEMINI_BASE_URL: z.string().optional(),
  /** Card payments; packages/billing says what is wrong with them. */
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.string().optional(),
  /** Whether orders may be paid without money while there are no Stripe keys. */
  SANDBOX_PAYMENTS: z.enum(['0', '1']).default('0'),
  /** How mail leaves; packages/mail says what is wrong with it. */
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  /** Only whether it is there is told to staff. */
  UPSTASH_REDIS_REST_URL: z.string().optional(),
  /** Signing in by other sites: each where id and secret are set. Their addresses are set by tests alone. */
  GITHUB_ID: z.string().optional(),
  GITHUB_SECRET: z.string().optional(),
  GITHUB_BASE: z.url().default('https://github.com'),
  GITHUB_API_BASE: z.url().default('https://api.github.com'),
  GOOGLE_ID: z.string().optional(),
  GOOGLE_SECRET: z.string().optional(),
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com'),
  /** The packed `ai-bridge` command; without it none is handed out. */
  COMMAND_FILE: z.string().optional(),
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
});

export type Env = z.infer<typeof schema>;

/**
 * Reads the environment, on the first request rather than on import, so that a build needs no secrets.
 * @throws when a variable is missing or malformed, naming it
 */
export function readEnv(): Env {
  const present = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The web app's environment is incomplete. ${problems.join('; ')}`);
}

/** Whether the development server runs: its hot reload needs a looser content policy. */
export const isDevelopment = process.env.NODE_ENV === 'development';
