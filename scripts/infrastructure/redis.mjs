import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { fileOfJar } from './jar.mjs';
import { ServerProcess } from './server-process.mjs';

const READY_WITHIN_MS = 15_000;
export const STOP_SIGNAL = 'SIGTERM';

/**
 * @param {{ directory: string, logFile: string, downloads: string, jars: () => Promise<string>, port: number }} options
 * @returns {Promise<{ server: ServerProcess, url: string }>}
 */
export async function startRedis({ directory, logFile, downloads, jars, port }) {
  mkdirSync(directory, { recursive: true });
  const server = new ServerProcess({
    name: 'Redis',
    command: await binary(downloads, jars),
    // Appended to a file: signed-in customers stay signed in over a restart.
    args: [
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--dir',
      directory,
      '--appendonly',
      'yes',
      '--save',
      '',
      // Its housekeeping; by default it wakes ten times a second.
      '--hz',
      '2',
      // A title is written over the environment, by which stopped tests find what a suite has started.
      '--set-proc-title',
      'no',
    ],
    directory,
    logFile,
    stopSignal: STOP_SIGNAL,
  });
  await server.waitUntil(() => ping(port), READY_WITHIN_MS);
  return { server, url: `redis://127.0.0.1:${port}` };
}

/**
 * The machine's own server where there is one, else the binary inside the embedded-redis jar.
 *
 * @param {string} downloads
 * @param {() => Promise<string>} jars
 */
async function binary(downloads, jars) {
  if (!spawnSync('redis-server', ['--version']).error) return 'redis-server';
  const directory = join(downloads, 'redis');
  const name = binaryName();
  const here = existsSync(directory) ? readdirSync(directory).find((file) => name.test(file)) : undefined;
  if (here) return join(directory, here);
  const jarFolder = await jars();
  const jar = readdirSync(jarFolder).find((file) => file.startsWith('embedded-redis'));
  const found = jar ? fileOfJar(join(jarFolder, jar), name) : undefined;
  if (!found) {
    throw new PlainError(
      'There is no Redis for this machine. Install redis-server (Debian: apt-get install redis-server), or name one of your own in .env (REDIS_URL).',
    );
  }
  mkdirSync(directory, { recursive: true });
  const file = join(directory, found.name);
  // Renamed when it's whole: a start that is killed meanwhile leaves no half of a binary.
  writeFileSync(`${file}.part`, found.content, { mode: 0o755 });
  renameSync(`${file}.part`, file);
  return file;
}

function binaryName() {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  const processor = process.arch === 'arm64' ? 'arm64' : 'amd64';
  return new RegExp(`^redis-server-.*-${system}-${processor}$`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} false while it still loads its file
 */
export function ping(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 }, () => socket.write('PING\r\n'));
    /** @param {boolean} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => end(String(data).startsWith('+PONG')));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
