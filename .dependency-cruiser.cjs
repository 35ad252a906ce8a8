// The import law of the README's map, as errors. Each rule says why.
const pkg = (name) => `^packages/${name}/`;
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.(test|fixture)\\.tsx?$' },
  to: { path: '^(packages|apps|e2e)/', pathNot: [from, ...allowed.map(pkg)] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Data flows one way.', severity: 'error', from: {}, to: { circular: true } },
    only('domain-is-pure', pkg('domain'), [], 'Nouns and rules know nobody.'),
    only('protocol-knows-domain', pkg('protocol'), ['domain'], 'Codecs are pure.'),
    only('db-knows-domain', pkg('db'), ['domain'], 'The lowest layer that does I/O.'),
    only('ledger-knows-db', pkg('ledger'), ['db', 'domain'], 'Money depends on nothing that changes often.'),
    only(
      'billing-knows-ledger',
      pkg('billing'),
      ['ledger', 'mail', 'db', 'domain'],
      'Buying moves money by the ledger’s verbs alone, and tells customers of it.',
    ),
    only('mail-knows-db', pkg('mail'), ['db', 'domain'], 'Mail is told what to say, and knows nobody’s tables.'),
    only('usage-knows-db', pkg('usage'), ['db', 'domain'], 'Usage is written beside money, not through it.'),
    only('access-knows-db', pkg('access'), ['db', 'domain'], 'Keys and permissions stand alone.'),
    only('catalog-knows-db', pkg('catalog'), ['db', 'domain'], 'Channels and prices stand alone.'),
    only(
      'worker-law',
      '^apps/worker/',
      ['access', 'catalog', 'usage', 'ledger', 'protocol', 'telemetry', 'db', 'domain'],
      'Apps never import each other.',
    ),
    only(
      'web-law',
      '^apps/web/',
      ['billing', 'access', 'catalog', 'usage', 'ledger', 'mail', 'telemetry', 'tool-setup', 'db', 'domain'],
      'The console never touches a wire format.',
    ),
    only(
      'tool-setup-is-pure',
      pkg('tool-setup'),
      [],
      'What tools are told: data that the console shows and the command writes.',
    ),
    {
      name: 'cli-law',
      comment: 'The command runs on anybody’s machine, with nothing of the server in it.',
      severity: 'error',
      from: { path: '^apps/cli/', pathNot: '\\.(test|fixture)\\.tsx?$' },
      to: {
        path: '^(packages|apps|e2e)/',
        pathNot: ['^apps/cli/', pkg('tool-setup'), '^packages/catalog/src/presets\\.ts$'],
      },
    },
    {
      name: 'one-importer-of-prisma',
      comment: 'packages/db alone knows the database client.',
      severity: 'error',
      from: { pathNot: '^packages/db/' },
      to: { path: 'node_modules/(@prisma|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-imports-zod-only',
      comment: 'No I/O and no libraries in the nouns.',
      severity: 'error',
      from: { path: pkg('domain'), pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod' },
    },
    {
      name: 'client-never-imports-server',
      comment: 'What runs in a browser must not reach what holds secrets.',
      severity: 'error',
      from: { path: '^apps/web/src/(features/[^/]+/components|components|ui)/' },
      to: { path: '^apps/web/src/(server|features/[^/]+/server)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'fixtures-for-tests-only',
      comment: 'A fixture may use the fakes, as the tests that it serves: nothing that ships uses it.',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: ['^packages/(testing|dev)/', '\\.(test|fixture)\\.tsx?$', '\\.bench\\.ts$'],
      },
      to: { path: '\\.fixture\\.tsx?$' },
    },
    {
      name: 'tests-and-start-scripts-only',
      comment: 'Fakes and the embedded database never ship.',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: ['^packages/(testing|dev)/', '\\.(test|fixture)\\.tsx?$', '\\.bench\\.ts$'],
      },
      to: { path: '^packages/(testing|dev)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist|generated|\\.turbo)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
