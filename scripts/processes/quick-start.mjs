/**
 * Loaded before a service. A quarter of the CPU that its start takes went to other people's code: compiling it anew, and reading
 * its source maps. Compiled code is kept beside the bundles, and maps are read for ours only.
 */
import { enableCompileCache, flushCompileCache, setSourceMapsSupport } from 'node:module';
import { COMPILED } from '../paths.mjs';

/** Node writes it at the end by itself, which a process that is killed doesn't see. */
const WRITE_AFTER_MS = 10_000;

setSourceMapsSupport(true, { nodeModules: false });
// Where the folder can't be written, everything works as without.
enableCompileCache(COMPILED);
setTimeout(flushCompileCache, WRITE_AFTER_MS).unref();
