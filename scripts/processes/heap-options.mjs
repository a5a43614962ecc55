/**
 * For node, when it runs a service; on the command line, because code that V8 compiled under other flags is not taken from its cache.
 *
 * - The old generation may grow to four times of what was alive before V8 marks all of it again. Left to itself V8 chooses a factor
 *   between 1.1 and 4 by how quickly the program allocates; under an even load it settled at 1.1, and marked a heap of 41 MB twice a
 *   second for 8 MB of garbage, with a tenth of a core. `--max-old-space-size` limits the heap as before.
 * - A service that rests isn't tidied up. After eight seconds V8's memory reducer marks the heap twice and throws away what optimized
 *   code relies on, if nothing uses it just then, so whoever comes next is served by code that is optimized anew for seconds.
 *
 * @see https://github.com/v8/v8/blob/main/src/flags/flag-definitions.h `heap_growing_percent`, `memory_reducer`
 */
export const HEAP_OPTIONS = ['--heap-growing-percent=300', '--no-memory-reducer'];
