import { spawnSync } from 'node:child_process';

const SPAWN_TIMEOUT_MS = 5_000;

/**
 * What this process starts from now on waits for its turn instead of pushing whoever runs off the processor.
 *
 * Services, Kafka and PostgreSQL wake each other a thousand times a second, and each is most useful to the next when it has written all
 * that it has: pushed away in the middle of it, it makes smaller batches of the same messages. The policy is inherited, needs
 * no privilege, and changes nothing where a processor is free. Without `chrt` (util-linux, BusyBox), or elsewhere than on Linux, all is as before.
 *
 * @see sched(7), SCHED_BATCH
 */
export function startInBatchPolicy() {
  if (process.platform !== 'linux') return;
  spawnSync('chrt', ['-b', '-p', '0', String(process.pid)], { stdio: 'ignore', timeout: SPAWN_TIMEOUT_MS });
}
