import { type Product, startProduct } from './start-product.ts';

/** How many files of browser tests run at a time. Each has a product to itself, so that no test sees what another one changes. */
export const parallelProducts = 3;
const variable = 'BRIDGE_TEST_PRODUCTS';

/** Playwright's global set-up: starts a product for each of its workers. With BASE_URL given, nothing starts. */
export default async function startForAllTests(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BASE_URL) return undefined;
  const products: Product[] = [];
  const stop = async () => {
    await Promise.all(products.map((product) => product.stop()));
  };
  try {
    // The first one builds what the next ones find built.
    products.push(await startProduct());
    const others = Array.from({ length: parallelProducts - 1 }, async () => products.push(await startProduct()));
    // None is still starting when one that failed has all of them stopped.
    await Promise.allSettled(others);
    await Promise.all(others);
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
