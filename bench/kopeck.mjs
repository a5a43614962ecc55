import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { HEAP_OPTIONS } from '../scripts/processes/heap-options.mjs';
import { createDatabase, openPool } from './databases.mjs';
import { KopeckApi } from './kopeck-api.mjs';
import { writeLongHistory } from './long-history.mjs';
import { freePort, runToEnd, ServiceProcess, waitUntilReady } from './processes.mjs';
import { RateFeed } from './rate-feed.mjs';

const CUSTOMERS = 50;
const CURRENCY = 'EUR';
const OTHER_CURRENCY = 'RUB';
const MONEY_EACH = '1000000.00';
/** Requests at once while opening accounts. */
const AT_ONCE = 8;
const WORKERS = ['customer', 'transaction-manager', 'transaction', 'currency-converter', 'notification'];
const PROFILER = fileURLToPath(new URL('./profiler.mjs', import.meta.url));

/** Migrations and topics, as `npm start` prepares them. */
const SETUP = fileURLToPath(new URL('../dist/scripts/setup/main.js', import.meta.url));

/** The converter without Redis, see there. */
const RATES_FROM_POSTGRESQL = fileURLToPath(
  new URL('../dist/bench/rates-from-postgresql/main.js', import.meta.url),
);
const CONVERTER = 'currency-converter';
/** As pages name it in production, where browsers would send it over TLS only. */
const SESSION_COOKIE = '__Host-kopeck';

/** @param {string} app */
const mainOf = (app) => fileURLToPath(new URL(`../dist/apps/${app}/main.js`, import.meta.url));

/** Kopeck's services as `nest build` makes them, in production mode, everything on but the limits of requests. */
export class Kopeck {
  name = 'kopeck';
  /** @type {ServiceProcess[]} */
  processes = [];
  /** @type {import('./load-generator.mjs').Target['accounts']} */
  accounts = [];

  /**
   * @param {import('./servers.mjs').Servers} servers
   * @param {string} logDirectory
   * @param {Pick<import('./options.mjs').BenchOptions, 'accountsEach' | 'profile'>} options
   * @returns {Promise<Kopeck>} ready to take transfers
   */
  static async start(servers, logDirectory, options) {
    const kopeck = new Kopeck();
    try {
      await kopeck.#start(servers, logDirectory, options);
      return kopeck;
    } catch (error) {
      await kopeck.stop();
      throw error;
    }
  }

  /**
   * @param {import('./servers.mjs').Servers} servers
   * @param {string} logDirectory
   * @param {Pick<import('./options.mjs').BenchOptions, 'accountsEach' | 'profile'>} options
   */
  async #start(servers, logDirectory, { accountsEach, profile: profileDirectory }) {
    const databaseUrl = await createDatabase(servers.postgresAdminUrl, 'bench_kopeck');
    this.database = openPool(databaseUrl);
    const operator = { email: 'operator@bench.example', password: randomBytes(12).toString('hex') };
    this.port = await freePort();
    this.feed = await RateFeed.start();
    const environment = {
      ...environmentOf(servers, databaseUrl, operator, this.port),
      ...this.feed.environment,
    };
    const setup = { ...environment, POSTGRES_ADMIN_URL: databaseUrl };
    await runToEnd({ name: 'setup', args: [SETUP], env: setup, logDirectory });
    const env = { ...environment, ...(profileDirectory && { PROFILE_DIRECTORY: profileDirectory }) };
    const profiler = profileDirectory ? ['--import', PROFILER] : [];
    this.launch = (/** @type {string} */ name, main = mainOf(name)) =>
      new ServiceProcess({ name, args: [...HEAP_OPTIONS, ...profiler, main], env, logDirectory });
    for (const name of [...WORKERS, 'gateway']) this.processes.push(this.launch(name));
    this.api = new KopeckApi(this.port);
    await waitUntilReady(this.processes, () => this.api.isReady(), 60_000);
    await waitUntilReady(this.processes, () => this.api.hasRates(), 60_000);
    await this.#openAccounts(this.api, operator, accountsEach);
    this.page = await this.#openLongHistory(this.api, operator);
  }

  /** @param {KopeckApi} api @param {{ email: string, password: string }} operator @param {number} accountsEach */
  async #openAccounts(api, operator, accountsEach) {
    const operatorToken = await api.signIn(operator);
    const people = Array.from({ length: CUSTOMERS }, (_, index) => index);
    await inTurns(people, async (index) => {
      const credentials = { email: `customer-${index}@bench.example`, password: randomUUID() };
      await api.signUp({ ...credentials, name: `Customer ${index}` });
      const token = await api.signIn(credentials);
      const headers = [`Authorization: Bearer ${token}`];
      for (let count = 0; count < accountsEach; count++) {
        const { id, number } = await api.openAccount(token, CURRENCY);
        await api.depositCash(operatorToken, number, { amount: MONEY_EACH, currency: CURRENCY });
        this.accounts.push({ debit: id, credit: number, headers });
      }
    });
  }

  /**
   * Of a customer who does nothing else: what others measure has nothing to do with these accounts.
   *
   * @param {KopeckApi} api
   * @param {{ email: string, password: string }} operator
   * @returns {Promise<NonNullable<import('./load-generator.mjs').Target['page']>>}
   */
  async #openLongHistory(api, operator) {
    const operatorToken = await api.signIn(operator);
    const credentials = { email: 'reader@bench.example', password: randomUUID() };
    await api.signUp({ ...credentials, name: 'Reader' });
    const token = await api.signIn(credentials);
    const account = await api.openAccount(token, CURRENCY);
    const other = await api.openAccount(token, CURRENCY);
    await api.depositCash(operatorToken, account.number, { amount: MONEY_EACH, currency: CURRENCY });
    await writeLongHistory(this.database, account, other);
    return { path: `/accounts/${account.id}`, headers: [`Cookie: ${SESSION_COOKIE}=${token}`] };
  }

  takes() {
    return true;
  }

  /**
   * Another converter takes the place of the one that is there.
   *
   * @param {'redis' | 'postgresql'} store what answers questions about current rates
   */
  async answerRatesFrom(store) {
    const at = this.processes.findIndex(({ name }) => name === CONVERTER);
    await this.processes[at].stop();
    const main = store === 'postgresql' ? RATES_FROM_POSTGRESQL : mainOf(CONVERTER);
    this.processes[at] = this.launch(CONVERTER, main);
    await waitUntilReady([this.processes[at]], () => this.api.hasRates(), 60_000);
  }

  /** @returns {import('./load-generator.mjs').Target} */
  target() {
    return {
      port: this.port,
      path: '/api/v1/transfers',
      debitField: 'debitAccountId',
      creditField: 'creditAccountNumber',
      amountJson: `"instructedAmount":{"amount":"1.00","currency":"${CURRENCY}"}`,
      streamPath: '/api/v1/stream',
      ratesPath: `/api/v1/rates?base=${CURRENCY}&quote=${OTHER_CURRENCY}`,
      quotes: {
        path: '/api/v1/quotes',
        amountJson: `"sell":{"amount":"100.00","currency":"${CURRENCY}"},"buyCurrency":"${OTHER_CURRENCY}"`,
      },
      page: this.page,
      idField: 'id',
      accounts: this.accounts,
    };
  }

  /** @returns {import('./check.mjs').Ledger} */
  ledger() {
    return {
      database: this.database,
      balances: 'select currency, sum(balance_minor)::text as sum from ledger.account group by currency',
      entries: 'select count(*)::int as entries from ledger.entry where transfer_id = any($1::uuid[])',
      completed: `select count(*)::int as completed from ledger.transfer where id = any($1::uuid[]) and status = 'completed'`,
      total: `select count(*)::int as total from ledger.transfer where status = 'completed'`,
    };
  }

  /** Stays awake while the baseline is measured: an idle Kopeck uses hardly anything, and the baseline waits more than it computes. */
  pause() {}

  resume() {}

  /** Begins or ends a CPU profile in each service; only for services that were started with a folder for them. */
  toggleProfiles() {
    for (const one of this.processes) one.signal('SIGUSR2');
  }

  async stopProcesses() {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  async stop() {
    await this.stopProcesses();
    this.feed?.stop();
    await this.database?.end();
  }
}

/**
 * @param {import('./servers.mjs').Servers} servers
 * @param {string} databaseUrl
 * @param {{ email: string, password: string }} operator
 * @param {number} port
 * @returns {Record<string, string>}
 */
function environmentOf(servers, databaseUrl, operator, port) {
  return {
    NODE_ENV: 'production',
    KAFKA_BROKERS: servers.brokers,
    REDIS_URL: servers.redisUrl,
    CUSTOMER_DATABASE_URL: urlOf(databaseUrl, 'kopeck_customer'),
    TRANSACTION_MANAGER_DATABASE_URL: urlOf(databaseUrl, 'kopeck_transaction_manager'),
    CURRENCY_CONVERTER_DATABASE_URL: urlOf(databaseUrl, 'kopeck_currency_converter'),
    NOTIFICATION_DATABASE_URL: urlOf(databaseUrl, 'kopeck_notification'),
    TRANSACTION_DATABASE_URL: urlOf(databaseUrl, 'kopeck_transaction'),
    PORT: String(port),
    MANAGEMENT_PORT: '0',
    SEALING_KEY: randomBytes(32).toString('base64'),
    OPERATOR_EMAIL: operator.email,
    OPERATOR_PASSWORD: operator.password,
    // Counted as ever, but never reached.
    RATE_LIMIT_PER_MINUTE: '10000000',
    SIGN_UP_LIMIT_PER_HOUR: '0',
  };
}

/** @param {string} databaseUrl @param {string} role */
function urlOf(databaseUrl, role) {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = randomBytes(16).toString('hex');
  return url.href;
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<void>} work for AT_ONCE items at a time
 */
async function inTurns(items, work) {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
