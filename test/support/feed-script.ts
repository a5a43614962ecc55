import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { NODE, ROOT } from '../../scripts/paths.mjs';

/** What `npm run feed` starts, standing still but for what it is told. */
export class FeedScript {
  private constructor(
    private readonly process: ChildProcess,
    /** Without a slash at the end. */
    readonly url: string,
  ) {}

  static async start(): Promise<FeedScript> {
    const script = join(ROOT, 'scripts', 'feed.mjs');
    const child = spawn(NODE, [script, '--port', '0', '--every', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /Rates move at (http:\/\/127\.0\.0\.1:\d+)/.exec(said.toString())?.[1];
    if (!url) throw new Error(`npm run feed says no address: ${said.toString()}`);
    return new FeedScript(child, url);
  }

  /** As it tells its user to set them. */
  get environment(): Record<string, string> {
    return {
      RATES_BANK_OF_RUSSIA_URL: `${this.url}/bank-of-russia.xml`,
      RATES_ECB_URL: `${this.url}/ecb.xml`,
      RATES_ECB_HISTORY_URL: `${this.url}/ecb-history.xml`,
      RATES_POLL_SECONDS: '1',
    };
  }

  /** @throws with what it says when it doesn't do it. */
  async tell(path: 'move' | 'fault', body: object): Promise<void> {
    const response = await fetch(`${this.url}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
  }
}
