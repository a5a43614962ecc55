import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

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

/** @param {number} pid */
function readProc(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
