import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, cpuPercentBetween } from './cpu-of-processes.mjs';

/**
 * CPU over a span of time, as percent of one core.
 *
 * @template T
 * @param {import('./cpu-of-processes.mjs').Measured[]} processes
 * @param {() => Promise<T>} work
 */
export async function withCpu(processes, work) {
  const before = cpuMsOf(processes);
  const startedAt = performance.now();
  const result = await work();
  const cpuPercent = cpuPercentBetween(before, cpuMsOf(processes), performance.now() - startedAt);
  return { result, cpuPercent };
}

/**
 * @param {import('./cpu-of-processes.mjs').Measured[]} processes
 * @param {number} milliseconds
 */
export async function measureIdle(processes, milliseconds) {
  const { cpuPercent } = await withCpu(processes, () => sleep(milliseconds));
  return cpuPercent;
}
