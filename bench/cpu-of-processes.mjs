import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own tick is (USER_HZ, proc(5)). */
const MS_PER_TICK = 10;

/** What the rest of the machine does: a run beside much else says little. */
export const OTHERS = 'others';

/**
 * CPU time (user and system) that each process has used so far, in milliseconds. A name's figure is the sum of its processes and, where
 * `withChildren`, of all their children, dead ones too: PostgreSQL has a process for each connection.
 *
 * @typedef {{ name: string, pids: number[], withChildren?: boolean }} Measured
 * @param {Measured[]} measured
 * @returns {Map<string, number>} empty where there is no /proc
 */
export function cpuMsOf(measured) {
  const all = readProcesses();
  if (all.size === 0) return new Map();
  const figures = new Map(measured.map((one) => [one.name, ticksOf(one, all) * MS_PER_TICK]));
  const ours = [...figures.values()].reduce((sum, ms) => sum + ms, 0);
  return figures.set(OTHERS, machineBusyMs() - ours);
}

/** Everything else on the machine since it started (user, nice, system and interrupts; not idle, not waiting for disks). */
function machineBusyMs() {
  const [first = ''] = readFileSync('/proc/stat', 'latin1').split('\n');
  const [user, nice, system, , , interrupts, softInterrupts] = first.split(/ +/).slice(1).map(Number);
  return (user + nice + system + interrupts + softInterrupts) * MS_PER_TICK;
}

/**
 * Percent of one core between two readings.
 *
 * @param {Map<string, number>} before
 * @param {Map<string, number>} after
 * @param {number} elapsedMs
 * @returns {Record<string, number>}
 */
export function cpuPercentBetween(before, after, elapsedMs) {
  return Object.fromEntries(
    [...after].map(([name, ms]) => [name, (100 * (ms - (before.get(name) ?? 0))) / elapsedMs]),
  );
}

/**
 * @param {Measured} measured
 * @param {Map<number, Stat>} all
 */
function ticksOf({ pids, withChildren }, all) {
  let ticks = 0;
  for (const pid of pids) {
    const stat = all.get(pid);
    ticks += stat?.own ?? 0;
    if (!withChildren) continue;
    ticks += stat?.deadChildren ?? 0;
    for (const other of all.values()) if (other.parent === pid) ticks += other.own;
  }
  return ticks;
}

/** @typedef {{ parent: number, own: number, deadChildren: number }} Stat */

/** @returns {Map<number, Stat>} */
function readProcesses() {
  const all = new Map();
  for (const name of listProc()) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The second field is the program's name in brackets and may hold anything; fields count from the last bracket.
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      all.set(Number(name), {
        parent: fields[1],
        own: fields[11] + fields[12],
        deadChildren: fields[13] + fields[14],
      });
    } catch {
      // Gone between listing and reading.
    }
  }
  return all;
}

function listProc() {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}
