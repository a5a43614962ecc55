import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createDatabase, openPool } from './databases.mjs';
import { TRANSFER_ROWS } from './options.mjs';
import { freePort, runToEnd, ServiceProcess, waitUntilReady } from './processes.mjs';

const ACCOUNTS = 1_000;
const MONEY_EACH_MINOR = 1_000_000_00;
const MAIN = fileURLToPath(new URL('../dist/bench/baseline/main.js', import.meta.url));

const SCHEMA = `
  create table account (id uuid primary key, balance_minor bigint not null);
  create table transfer (
    id uuid primary key,
    debit_account_id uuid not null references account,
    credit_account_id uuid not null references account,
    amount_minor bigint not null,
    created_at timestamptz not null default now()
  );
  create table entry (
    id bigint generated always as identity primary key,
    transfer_id uuid not null references transfer,
    account_id uuid not null references account,
    amount_minor bigint not null
  );`;

/** Same chain, Nest's transport as it comes (`bench/baseline/src`): three processes, tables and topics of its own. */
export class Baseline {
  name = 'baseline';
  /** @type {ServiceProcess[]} */
  processes = [];

  /**
   * @param {{ brokers: string, postgresAdminUrl: string }} servers
   * @param {string} logDirectory
   * @returns {Promise<Baseline>} ready to take transfers
   */
  static async start(servers, logDirectory) {
    const baseline = new Baseline();
    try {
      await baseline.#start(servers, logDirectory);
      return baseline;
    } catch (error) {
      await baseline.stop();
      throw error;
    }
  }

  /** @param {{ brokers: string, postgresAdminUrl: string }} servers @param {string} logDirectory */
  async #start(servers, logDirectory) {
    const databaseUrl = await createDatabase(servers.postgresAdminUrl, 'bench_baseline');
    this.database = openPool(databaseUrl);
    await this.database.query(SCHEMA);
    await this.#seed();
    this.port = await freePort();
    const env = {
      KAFKA_BROKERS: servers.brokers,
      BASELINE_DATABASE_URL: databaseUrl,
      PORT: String(this.port),
      NODE_ENV: 'production',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
    };
    await runToEnd({ name: 'baseline-topics', args: [MAIN, 'create-topics'], env, logDirectory });
    for (const service of ['transaction', 'transaction-manager', 'gateway']) {
      const name = `baseline-${service}`;
      this.processes.push(new ServiceProcess({ name, args: [MAIN, service], env, logDirectory }));
    }
    await waitUntilReady(this.processes, () => this.#tryOne(), 60_000);
  }

  async #seed() {
    this.accountIds = Array.from({ length: ACCOUNTS }, () => randomUUID());
    const bank = randomUUID();
    await this.database.query(
      'insert into account select id, $2::bigint from unnest($1::uuid[]) id union all select $3::uuid, -$2::bigint * $4',
      [this.accountIds, MONEY_EACH_MINOR, bank, ACCOUNTS],
    );
  }

  /** Ready means that a transfer goes through: the consumer groups need some seconds to form. */
  async #tryOne() {
    const [debitAccountId, creditAccountId] = this.accountIds;
    const response = await fetch(`http://127.0.0.1:${this.port}/transfers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ debitAccountId, creditAccountId, amountMinor: '1' }),
      signal: AbortSignal.timeout(5_000),
    });
    await response.text();
    return response.status === 201;
  }

  /** Transfers only. @param {import('./options.mjs').Row} row */
  takes(row) {
    return TRANSFER_ROWS.includes(row);
  }

  /** @returns {import('./load-generator.mjs').Target} */
  target() {
    return {
      port: this.port,
      path: '/transfers',
      debitField: 'debitAccountId',
      creditField: 'creditAccountId',
      amountJson: '"amountMinor":"100"',
      idField: 'transferId',
      accounts: this.accountIds.map((id) => ({ debit: id, credit: id, headers: [] })),
    };
  }

  /** @returns {import('./check.mjs').Ledger} */
  ledger() {
    return {
      database: this.database,
      balances: `select 'EUR' as currency, sum(balance_minor)::text as sum from account`,
      entries: `select count(*)::int as entries from entry where transfer_id = any($1::uuid[])`,
      completed: 'select count(*)::int as completed from transfer where id = any($1::uuid[])',
      total: 'select count(*)::int as total from transfer',
    };
  }

  /** Takes no CPU while Kopeck is measured. Shorter than kafkajs's session timeout of 30 s, so that its groups stay. */
  pause() {
    for (const one of this.processes) one.signal('SIGSTOP');
  }

  resume() {
    for (const one of this.processes) one.signal('SIGCONT');
  }

  async stopProcesses() {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  async stop() {
    await this.stopProcesses();
    await this.database?.end();
  }
}
