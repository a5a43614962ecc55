import { join } from 'node:path';
import { freePorts } from '../../scripts/infrastructure/ports.mjs';
import { startRedis } from '../../scripts/infrastructure/redis.mjs';
import { DOWNLOADS } from '../../scripts/paths.mjs';

/** A Redis that a suite may kill without hurting another: on a port of its own, its data in a file of its own. */
export class OwnRedis {
  private constructor(
    private readonly port: number,
    private running: Awaited<ReturnType<typeof startRedis>>,
  ) {}

  static async start(): Promise<OwnRedis> {
    const [port] = await freePorts(1);
    return new OwnRedis(port!, await startOn(port!));
  }

  get url(): string {
    return this.running.url;
  }

  async kill(): Promise<void> {
    this.running.server.kill('SIGKILL');
    await this.running.server.stop();
  }

  /** With what it had written by then. */
  async restart(): Promise<void> {
    this.running = await startOn(this.port);
  }

  stop(): Promise<void> {
    return this.running.server.stop();
  }
}

function startOn(port: number): ReturnType<typeof startRedis> {
  const directory = join(process.env['KOPECK_TEST_STATE'] ?? '', `own-redis-${port}`);
  return startRedis({
    directory,
    logFile: join(directory, 'redis.log'),
    downloads: DOWNLOADS,
    jars: () => Promise.reject(new Error('npm test has fetched Redis already')),
    port,
  });
}
