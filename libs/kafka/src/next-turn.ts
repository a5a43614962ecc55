/**
 * How long until the next multiple of `everyMs`, counted from the start of the process. What a process does again and again keeps
 * step by it, and processes don't keep step with each other: waking an idle process costs more than what it then does, and so it
 * wakes once for all of it.
 */
export function untilNextTurn(everyMs: number): number {
  const left = everyMs - (performance.now() % everyMs);
  // A timer may be early by a fraction of a millisecond: that turn isn't taken again.
  return left < everyMs / 2 ? left + everyMs : left;
}
