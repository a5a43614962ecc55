import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { removeData, startInfrastructure } from '../infrastructure/infrastructure.mjs';
import { freePorts } from '../infrastructure/ports.mjs';
import { SERVICES } from '../paths.mjs';
import { AppProcess } from '../processes/app-process.mjs';
import { runSetup } from '../setup.mjs';

const READY_WITHIN_MS = 90_000;

/** Port 9 discards: rates come from the shipped snapshot, and are the same each time. */
const SNAPSHOT_RATES = {
  RATES_BANK_OF_RUSSIA_URL: 'http://127.0.0.1:9/',
  RATES_ECB_URL: 'http://127.0.0.1:9/',
  RATES_ECB_HISTORY_URL: 'http://127.0.0.1:9/',
};

/** A whole system for a while, on free ports and in a temporary folder: beside `npm start`, and gone without a trace. */
export class OwnSystem {
  #state = mkdtempSync(join(tmpdir(), 'kopeck-own-'));
  /** @type {Promise<import('../infrastructure/infrastructure.mjs').Infrastructure> | undefined} */
  #infrastructure;
  /** @type {AppProcess[]} */
  #apps = [];

  /** Of the gateway, without a slash at the end. */
  url = '';
  /** What the services are told. @type {Record<string, string>} */
  environment = {};

  /** @param {(line: string) => void} say */
  async start(say) {
    const building = build({ say });
    building.catch(() => undefined);
    this.#infrastructure = startInfrastructure({
      state: this.#state,
      isPrivate: true,
      isShortLived: true,
      say,
    });
    const { environment } = await this.#infrastructure;
    await building;
    this.environment = { ...environment, ...SNAPSHOT_RATES, NODE_ENV: 'development' };
    await runSetup(this.environment);
    const ports = await freePorts(SERVICES.length);
    this.#apps = SERVICES.map((service, index) => this.#launch(service, ports[index] ?? 0));
    this.url = `http://127.0.0.1:${ports[SERVICES.indexOf('gateway')]}`;
    await Promise.all(this.#apps.map((app) => app.waitUntilReady(READY_WITHIN_MS)));
  }

  /** However far it got. */
  async stop() {
    await Promise.all(this.#apps.map((app) => app.stop()));
    const infrastructure = await this.#infrastructure?.catch(() => undefined);
    await infrastructure?.stop();
    removeData(this.#state);
    rmSync(this.#state, { recursive: true, force: true });
  }

  /**
   * @param {string} service
   * @param {number} port
   */
  #launch(service, port) {
    const instance = `${service}-1`;
    const logFile = join(this.#state, 'logs', `${instance}.log`);
    return new AppProcess({ service, instance, port, environment: this.environment, logFile });
  }
}
