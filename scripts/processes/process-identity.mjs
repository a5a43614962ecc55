import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * What a process was started as, to tell ours from another that was given the same id since.
 *
 * @param {number} pid
 * @returns {string} empty where there is no such process
 */
export function commandLineOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (existsSync('/proc/self')) return readProc(pid);
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').trim();
}

/**
 * @param {number} pid
 * @returns {number} 0 where there is no such process
 */
export function parentOf(pid) {
  if (existsSync('/proc/self'))
    return Number(/\) \S (\d+) [^)]*$/.exec(readFile(`/proc/${pid}/stat`))?.[1] ?? 0);
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout) || 0;
}

/**
 * Processes that were started with this in their environment, wherever they have got to since. None where there is no
 * /proc to ask.
 *
 * @param {string} name
 * @param {string} value
 * @returns {number[]}
 */
export function processesWith(name, value) {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map(Number)
    .filter((pid) => readFile(`/proc/${pid}/environ`).split('\0').includes(`${name}=${value}`));
}

/** @param {number} pid */
function readProc(pid) {
  return readFile(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/** @param {string} file */
function readFile(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Whether that process works for the folder: its command line names it, or it's its working directory. Redis rewrites
 * its command line, hence the second.
 *
 * @param {number} pid
 * @param {string} directory
 */
export function worksFor(pid, directory) {
  return commandLineOf(pid).includes(directory) || workingDirectoryOf(pid) === directory;
}

/** @param {number} pid */
function workingDirectoryOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
