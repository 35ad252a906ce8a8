import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { type BridgeConfig, type ChannelConfig, channelsAt, modelsConfig, upstreamKey } from './config.ts';
import { type Product, startProduct } from './start-product.ts';
import { withOneProtocolEach } from './upstreams.ts';

/** Someone with a sign-in and a key of their own organization. */
export interface Customer {
  readonly email: string;
  readonly password: string;
  readonly key: string;
}

/** A product whose channels lead to a scriptable upstream, so that requests can fail, be converted and run out of money. */
export interface ReceiptsProduct extends Pick<Product, 'webUrl' | 'workerUrl'> {
  readonly upstream: FakeUpstream;
  readonly customer: Customer;
  /** Has just enough tokens to begin an answer. */
  readonly poor: Customer;
  /** Staff, made by the first start. */
  readonly administrator: Omit<Customer, 'key'>;
  stop(): Promise<void>;
}

/** Answers only behind a channel that is tried first and can't be reached. */
export const failoverModel = 'second-try';
/** Costs a fee per request, and more above 50 prompt tokens. */
export const tieredModel = 'tiered';

export async function startReceiptsProduct(): Promise<ReceiptsProduct> {
  const upstream = await startFakeUpstream();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-receipts-'));
  const customer = newCustomer('customer');
  const poor = newCustomer('poor');
  const configFile = path.join(folder, 'bridge.yaml');
  fs.writeFileSync(configFile, JSON.stringify(configOf(upstream.url, customer, poor)));
  const product = await startProduct({ BRIDGE_CONFIG: configFile });
  return {
    webUrl: product.webUrl,
    workerUrl: product.workerUrl,
    upstream,
    customer,
    poor,
    administrator: administratorOf(product),
    async stop() {
      await product.stop();
      await upstream.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function administratorOf({ environment }: Product): Omit<Customer, 'key'> {
  const file = path.join(environment['DATA_DIR'] ?? '', 'welcome.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { admin: Omit<Customer, 'key'> }).admin;
}

function newCustomer(name: string): Customer {
  const unique = randomBytes(12).toString('hex');
  return { email: `${name}@example.com`, password: `long enough ${unique}`, key: `ab-e2e-${unique}` };
}

function configOf(url: string, customer: Customer, poor: Customer): BridgeConfig {
  const config = withOneProtocolEach({ channels: channelsAt(url), models: modelsConfig, organizations: [] }, url);
  const anthropic = { preset: 'anthropic', apiKey: upstreamKey, allowPrivate: true } as const;
  const channels: ChannelConfig[] = [
    // Nothing listens there.
    { ...anthropic, name: 'dead-end', baseUrl: 'http://127.0.0.1:9', models: [failoverModel], priority: 1 },
    { ...anthropic, name: 'reachable', baseUrl: url, models: [failoverModel, tieredModel], priority: 2 },
  ];
  const above = [{ tokens: 50, input: '2.5', output: 20 }];
  const models = [
    { id: failoverModel, price: { input: 3, output: 15, cacheRead: 0.3 }, fallback: [] },
    { id: tieredModel, price: { input: '1.000001', output: 10, perRequest: 0.002, above }, fallback: [] },
  ];
  return {
    ...config,
    channels: [...config.channels, ...channels],
    models: [...config.models, ...models],
    organizations: [organizationOf('Receipts', customer, 1_000_000_000), organizationOf('Poor', poor, 2_000)],
  };
}

function organizationOf(name: string, { email, password, key }: Customer, grantTokens: number) {
  return { name, owner: { email, password }, grantTokens, keys: [{ name: 'laptop', secret: key }] };
}
