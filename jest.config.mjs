/**
 * Three suites, one runner. `unit` needs nothing outside the process; `component` and `e2e` need the servers that
 * `scripts/test.mjs` starts before Jest and stops after it.
 */
const shared = {
  testEnvironment: '<rootDir>/scripts/testing/one-realm.mjs',
  extensionsToTreatAsEsm: ['.ts', '.tsx', '.css', '.svg'],
  moduleNameMapper: {
    '^@kopeck/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^(\\.{1,2}/.*)\\?source$': '$1',
  },
  // Ours is changed, and a suite compares it with what it was.
  transformIgnorePatterns: ['/node_modules/kafkajs/'],
  transform: {
    '/node_modules/': '<rootDir>/scripts/testing/installed-package.mjs',
    '/assets/[^/]+\\.(css|js|svg)$': '<rootDir>/scripts/testing/source-transform.mjs',
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
          target: 'es2023',
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default {
  // For a machine that does other things as well: two lanes of suites, for one.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/shared-first.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/scripts'],
      testRegex: '(?<!\\.component)\\.spec\\.ts$',
    },
    {
      ...shared,
      displayName: 'component',
      roots: ['<rootDir>/apps', '<rootDir>/libs'],
      testRegex: '\\.component\\.spec\\.ts$',
    },
    {
      ...shared,
      displayName: 'e2e',
      roots: ['<rootDir>/test'],
      testRegex: '\\.e2e-spec\\.ts$',
    },
  ],
};
