import { spawnSync } from 'node:child_process';
import { ROOT } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';

const SERVERS = ['postgres', 'kafka', 'redis'];

/** What docker-compose.yml publishes on this machine. */
export const COMPOSE_ADDRESSES = {
  POSTGRES_ADMIN_URL: 'postgres://kopeck:kopeck@127.0.0.1:5432/kopeck',
  KAFKA_BROKERS: '127.0.0.1:9092',
  REDIS_URL: 'redis://127.0.0.1:6379',
};

/** Whether a Docker engine answers, with the compose plugin. */
export function hasDocker() {
  const engine = spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 5_000 });
  return engine.status === 0 && spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
}

/** Starts the three servers of docker-compose.yml and waits until they are healthy. */
export function composeUp() {
  const { status, stderr } = spawnSync('docker', ['compose', 'up', '-d', '--wait', ...SERVERS], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new PlainError(`Docker Compose could not start ${SERVERS.join(', ')}: ${stderr.slice(-1_000)}`);
}

/** @param {{ removeData?: boolean }} [options] */
export function composeDown({ removeData = false } = {}) {
  spawnSync('docker', ['compose', 'down', ...(removeData ? ['--volumes'] : [])], {
    cwd: ROOT,
    stdio: 'ignore',
  });
}
