/**
 * Loaded before Jest and each of its workers. Jest compiles all that a suite imports anew, and for a context of the suite's own.
 * Here it's compiled for the process itself (`one-realm.mjs`), and V8's code cache of a file is kept for the suites that follow in
 * the same process; so it's never older than the file.
 */
import vm from 'node:vm';

/** As many entries as there are files, so it needs no limit. @type {Map<string, Buffer>} */
const functions = new Map();
/** @type {Map<string, Buffer>} */
const modules = new Map();

const { compileFunction, SourceTextModule, SyntheticModule } = vm;

/** What CommonJS becomes. @type {typeof compileFunction} */
vm.compileFunction = (code, params, options) => {
  const forProcess = { ...options, parsingContext: undefined };
  const cachedData = functions.get(code);
  if (cachedData) return compileFunction(code, params, { ...forProcess, cachedData });
  const compiled = compileFunction(code, params, { ...forProcess, produceCachedData: true });
  if (compiled.cachedData) functions.set(code, compiled.cachedData);
  return compiled;
};

vm.SourceTextModule = class extends SourceTextModule {
  /**
   * @param {string} code
   * @param {vm.SourceTextModuleOptions} [options]
   */
  constructor(code, options) {
    const cachedData = modules.get(code);
    super(code, { ...options, context: undefined, ...(cachedData && { cachedData }) });
    // Before it runs: nothing of one suite gets into the next.
    if (!cachedData) modules.set(code, codeOf(this).createCachedData());
  }
};

vm.SyntheticModule = class extends SyntheticModule {
  /**
   * @param {string[]} names
   * @param {(this: vm.SyntheticModule) => void} evaluate
   * @param {vm.SyntheticModuleOptions} [options]
   */
  constructor(names, evaluate, options) {
    super(names, evaluate, { ...options, context: undefined });
  }
};

/**
 * What the types of Node leave out.
 *
 * @param {unknown} module
 */
function codeOf(module) {
  return /** @type {{ createCachedData(): Buffer }} */ (module);
}
