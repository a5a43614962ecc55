/** Who may import whom: the architecture of CONTRIBUTING.md as rules. Run by `npm run check`. */
const REPOSITORY = '\\.(repository|entity)\\.ts$';
const ROLE =
  '\\.(controller|service|repository|module|entity|settings|dto|guard|filter|pipe|decorator|metrics|error|store|spec|component\\.spec)\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-orphan-packages', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'apps-never-import-apps',
      comment: 'Services talk over Kafka only; what they share stands in libs.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs/(?!contracts)|apps/)' },
    },
    {
      name: 'libs-in-layers',
      comment: 'contracts <- kafka, database, cache <- service',
      severity: 'error',
      from: { path: '^libs/(kafka|database|cache)/' },
      to: { path: '^libs/(kafka|database|cache|service)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'only-libs-kafka-knows-kafkajs',
      severity: 'error',
      from: { pathNot: '^(libs/kafka/|bench/|test/)' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'only-libs-cache-knows-redis',
      severity: 'error',
      from: { pathNot: '^libs/cache/' },
      to: { path: 'node_modules/(ioredis|cache-manager)' },
    },
    {
      name: 'only-repositories-know-the-database',
      severity: 'error',
      from: {
        pathNot: [
          '^libs/database/',
          '^apps/[^/]+/migrations/',
          REPOSITORY,
          '\\.module\\.ts$',
          '\\.spec\\.ts$',
        ],
      },
      to: { path: 'node_modules/(typeorm|pg|@nestjs/typeorm)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'A file without a role in its name decides; it imports contracts and other such files only.',
      severity: 'error',
      from: {
        path: '^apps/[^/]+/src/(transfers|accounts|entries|customers|intake|inbox|preferences|recipients|digests|templates)/[^/]+\\.ts$',
        pathNot: ROLE,
      },
      to: { path: ROLE, pathNot: '\\.error\\.ts$' },
    },
    {
      name: 'controllers-go-through-services',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: REPOSITORY },
    },
    {
      name: 'repositories-decide-nothing',
      severity: 'error',
      from: { path: '\\.repository\\.ts$' },
      to: { path: '\\.(service|controller)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
    },
  },
};
