import { type Product, startProduct } from './start-product.ts';

/** How many files of browser tests run at a time. Each has a product to itself, so that no test sees what another one changes. */
export const parallelProducts = 2;
const variable = 'BRIDGE_TEST_PRODUCTS';

/** Playwright's global set-up: starts a product for each of its workers. With BASE_URL given, nothing starts. */
export default async function startForAllTests(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BASE_URL) return undefined;
  const products: Product[] = [];
  const stop = async () => {
    await Promise.all(products.map((product) => product.stop()));
  };
  try {
    // One after another: the first one builds what the next ones find built.
    for (let at = 0; at < parallelProducts; at++) products.push(await startProduct());
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[variable] = JSON.stringify(
    products.map(({ environment, webUrl, workerUrl }) => ({ ...environment, BASE_URL: webUrl, WORKER_URL: workerUrl })),
  );
  return stop;
}

/** Tells the tests of this Playwright worker where its product is, by BASE_URL, WORKER_URL and DATA_DIR. Called as the worker reads its configuration. */
export function chooseProduct(): void {
  const [products, index] = [process.env[variable], process.env.TEST_PARALLEL_INDEX];
  if (products === undefined || index === undefined) return;
  Object.assign(process.env, (JSON.parse(products) as Record<string, string>[])[Number(index)]);
}
