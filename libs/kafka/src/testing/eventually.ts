const PAUSE_MS = 20;

/** Tries until it neither throws nor gives false, and fails with the last reason at the deadline. */
export async function eventually<T>(attempt: () => T | Promise<T>, limitMs = 15_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      const result = await attempt();
      if (result !== false) return result;
      if (performance.now() > deadline) throw new Error(`still false after ${limitMs} ms`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
