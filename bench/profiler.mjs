/**
 * Loaded into a service with `node --import`: SIGUSR2 begins a CPU profile, the next one writes it to
 * PROFILE_DIRECTORY, named after the row that stands in `row.txt` there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Session } from 'node:inspector/promises';

const directory = process.env.PROFILE_DIRECTORY ?? '.';
const service = basename(dirname(process.argv[1] ?? 'service'));
const session = new Session();
let isRunning = false;

session.connect();
await session.post('Profiler.enable');

process.on('SIGUSR2', async () => {
  isRunning = !isRunning;
  if (isRunning) return session.post('Profiler.start');
  const { profile } = await session.post('Profiler.stop');
  const row = readFileSync(join(directory, 'row.txt'), 'utf8');
  writeFileSync(join(directory, `${row}-${service}.cpuprofile`), JSON.stringify(profile));
});
