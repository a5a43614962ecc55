/**
 * Waits until a check passes, trying again every few milliseconds; after the deadline the check's own failure is thrown,
 * so a test says what was missing and not only that it took too long.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { withinMs = 15_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (failure) {
      if (Date.now() + everyMs > deadline) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
