// The laws of the house (CONTRIBUTING.md), held by `npm run laws`. Type imports count: a circle or a breach made
// only of types is the seed of a real one. Tests are exempt, they may set up whatever they need.

const DOMAIN =
  '^lib/(campaigns|recipients|templates|senders|opt-outs|contacts|drafts|audit|onboarding|webhooks|webhook-endpoints|whatsapp|stats|pacing|events|intake|follow-ups|costs|reports)/';
const EDGE = '^lib/(http|auth|api)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files in a circle can only be understood, tested and changed together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'db-stands-on-nothing',
      comment:
        'The schema is the ground: the migrations and every floor above stand on it, so it knows none of them.',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|components|lib|worker|web|sandbox|scripts)/' },
    },
    {
      name: 'lib-stands-on-db-only',
      comment:
        'lib is shared by the web and worker processes: what knows one of them would not run in the other.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|worker|web|sandbox|scripts)/' },
    },
    {
      name: 'app-holds-no-sql',
      comment:
        'A route or page parses, calls one verb of lib and answers. With the database in reach it would soon hold a query without its workspace.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^(db|worker|web|sandbox|scripts)/' },
    },
    {
      name: 'only-app-imports-app',
      comment:
        "Next decides what a file in app is; code shared from there would drag the router's rules along.",
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'components-stand-on-lib-only',
      comment: 'A view that imports a process or the database would ship it to the browser.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|db|worker|web|sandbox|scripts)/' },
    },
    {
      name: 'components-are-browser-safe',
      comment:
        'Components take only lib files without I/O, directly or through others: whatever they reach is sent to the browser, with its secrets.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: `^(db/|lib/(env|log|crypto|metrics)\\.ts|${EDGE.slice(1)})`, reachable: true },
    },
    {
      name: 'components-use-no-node',
      comment: "Node's modules do not exist in the browser.",
      severity: 'error',
      from: { path: '^components/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-ignores-its-transport',
      comment:
        'The worker runs the domain without Next, and the same verb serves page, route and worker: it throws AppError and never knows who asked.',
      severity: 'error',
      from: { path: DOMAIN },
      to: { path: `${EDGE}|(^|/)node_modules/(next|next-auth|react|react-dom)/` },
    },
    {
      name: 'recipients-never-import-campaigns',
      comment: 'Both stand on stats and events; lib/intake composes them. One direction would become two.',
      severity: 'error',
      from: { path: '^lib/recipients/' },
      to: { path: '^lib/campaigns/' },
    },
    {
      name: 'campaigns-never-import-recipients',
      comment: 'Both stand on stats and events; lib/intake composes them. One direction would become two.',
      severity: 'error',
      from: { path: '^lib/campaigns/' },
      to: { path: '^lib/recipients/' },
    },
    {
      name: 'api-descriptions-hold-no-sql',
      comment: 'lib/api describes routes (schemas, OpenAPI); what a route does lives in its domain folder.',
      severity: 'error',
      from: { path: '^lib/api/' },
      to: { path: '^db/' },
    },
    {
      name: 'processes-stand-on-lib',
      comment: 'worker and web are entry points: they never know the pages, the sandbox or the scripts.',
      severity: 'error',
      from: { path: '^(worker|web)/' },
      to: { path: '^(app|components|sandbox|scripts)/' },
    },
    {
      name: 'worker-and-web-apart',
      comment: 'They are separate processes, and only the database is between them.',
      severity: 'error',
      from: { path: '^(worker|web)/' },
      to: { path: '^(worker|web)/', pathNot: '^$1/' },
    },
    {
      name: 'sandbox-stands-alone',
      comment:
        "The sandbox is Meta's side of the wire: with shared code a bug copied to both sides would hide.",
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(app|components|db|lib|worker|web|scripts)/' },
    },
    {
      name: 'nobody-imports-the-sandbox',
      comment: 'It is a separate program, reached over HTTP like Meta itself.',
      severity: 'error',
      from: { pathNot: '^sandbox/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'scripts-are-outside',
      comment:
        'Scripts start the processes as programs; they may read settings and migrate, but run no process in themselves.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^(app|components|worker|web|sandbox)/' },
    },
    {
      name: 'no-server-only',
      comment:
        '`server-only` throws in plain Node, where the worker loads the same files. These laws guard the browser instead.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)node_modules/server-only/|^server-only$' },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that resolves to nothing here fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      comment: 'A production install leaves them out.',
      severity: 'error',
      from: { path: '^(app|components|db|lib|worker|web|sandbox)/', pathNot: '/testing/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)tests/|\\.test\\.tsx?$' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js'],
    },
  },
};
