import forAllServices from '../../rspack.config.js';

/**
 * What the gateway's pages need beyond all services' build: TSX by preact's runtime, and files that are part of the program
 * as text (`?source`: the stylesheet, the browser's script), so that the bundle needs no folder beside it.
 *
 * @param {import('@rspack/core').Configuration & { module: { rules: any[] }, resolve: { extensionAlias?: Record<string, string[]> } }} defaults
 */
export default function (defaults) {
  const [scripts] = forAllServices(defaults).module.rules;
  const [{ options }] = scripts.use;
  options.jsc.parser.tsx = true;
  options.jsc.transform.react = { runtime: 'automatic', importSource: 'preact' };
  scripts.resourceQuery = { not: [/source/] };
  defaults.module.rules.push({ resourceQuery: /source/, type: 'asset/source' });
  defaults.resolve.extensionAlias = {
    ...defaults.resolve.extensionAlias,
    '.js': ['.ts', '.tsx', '.js'],
  };
  return defaults;
}
