import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/**
 * Prisma's own schema engine as WebAssembly, talking to Postgres through the pg adapter. The CLI's native engine is a
 * download from a host that closed networks lack; this one is an npm package and writes the same _prisma_migrations rows.
 */
export interface SchemaEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diagnoseMigrationHistory(input: object): Promise<Record<string, unknown>>;
  diff(input: object): Promise<{ exitCode: number; stdout: string }>;
  reset(input: object): Promise<null>;
}

/**
 * Runs `work` with an engine on the database and closes its connections afterwards.
 * @param datamodels [path, content] pairs of the Prisma schema
 */
export async function withSchemaEngine<Result>(
  url: string,
  datamodels: [string, string][],
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const connections: Adapter[] = [];
  try {
    return await work(await startSchemaEngine(url, datamodels, connections));
  } finally {
    for (const connection of connections) await connection.dispose().catch(() => {});
  }
}

// Node's types know WebAssembly only together with the browser's.
const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

interface WebAssemblyApi {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }>;
}

async function startSchemaEngine(
  url: string,
  datamodels: [string, string][],
  connections: Adapter[],
): Promise<SchemaEngine> {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const glue = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href);
  const wasm = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  // The engine reports a panic here before it aborts; without it the message is lost.
  (globalThis as { PRISMA_WASM_PANIC_REGISTRY?: unknown }).PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message: string) {
      process.stderr.write(`schema engine panic: ${message}\n`);
    },
  };
  return glue.SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory(url, connections)),
  );
}

function adapterFactory(url: string, connections: Adapter[]): PrismaPg {
  const config = connectionParts(url);
  const factory = new PrismaPg(config);
  const connect = factory.connect.bind(factory);
  factory.connect = (async () => {
    const adapter = mended((await connect()) as unknown as Adapter);
    connections.push(adapter);
    return adapter;
  }) as unknown as typeof factory.connect;
  // The adapter's own shadow connection lets a connection string win over the shadow's name, which would make the
  // real database the shadow. This one creates, uses and drops a database of its own.
  factory.connectToShadowDb = (async () => {
    const name = `prisma_migrate_shadow_${crypto.randomUUID().replaceAll('-', '')}`;
    const admin = (await connect()) as unknown as Adapter;
    await admin.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = (await new PrismaPg({ ...config, database: name }).connect()) as unknown as Adapter;
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await admin.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.dispose();
    };
    return mended(shadow);
  }) as unknown as typeof factory.connectToShadowDb;
  return factory;
}

function connectionParts(url: string) {
  const parsed = new URL(url);
  return {
    host: parsed.hostname,
    port: Number(parsed.port) || 5432,
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1),
  };
}

interface Adapter {
  readonly client: pg.Pool;
  executeScript(script: string): Promise<void>;
  dispose(): Promise<void>;
  performIO(query: unknown): Promise<{ fields?: { dataTypeID: number }[] }>;
  queryRaw(query: unknown): Promise<{ columnTypes: number[] }>;
}

const oid = { char: 18, text: 25, nameArray: 1003, textArray: 1009 };

/**
 * Mends two things of the adapter. It cuts scripts at every semicolon, also inside a function's body: they are sent whole, which also
 * makes each migration one transaction. And it refuses two catalog types that the engine's describer reads: they are handed on as text.
 */
function mended(adapter: Adapter): Adapter {
  adapter.executeScript = async (script) => {
    await adapter.client.query(script);
  };
  // A connection that is closing may still be told that its database went away; nobody waits for it any more.
  adapter.client.on('error', () => {});
  adapter.client.on('connect', (connection) => connection.on('error', () => {}));
  const performIO = adapter.performIO;
  const queryRaw = adapter.queryRaw;
  let charColumns: number[] = [];
  adapter.performIO = async function (query) {
    const result = await performIO.call(this, query);
    charColumns = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID === oid.char) {
        charColumns.push(index);
        field.dataTypeID = oid.text;
      } else if (field.dataTypeID === oid.nameArray) field.dataTypeID = oid.textArray;
    });
    return result;
  };
  adapter.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
