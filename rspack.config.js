/**
 * What all services' builds need beyond Nest's own: the language as Node 24 speaks it and as the tests are compiled
 * (`jest.config.mjs`). For ES2021, Nest's default, each field of each object is set through a helper that looks whether it's there.
 *
 * @param {import('@rspack/core').Configuration & { module: { rules: any[] } }} defaults
 */
export default function (defaults) {
  const [scripts] = defaults.module.rules;
  scripts.use[0].options.jsc.target = 'es2023';
  return defaults;
}
