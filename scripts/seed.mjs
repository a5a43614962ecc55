/**
 * `npm run seed [-- --url http://127.0.0.1:3000]`: demo customers, accounts and a history, through the REST API as
 * anybody would. May be run again at any time: fixed Idempotency-Keys find what is there.
 */
import { fileURLToPath } from 'node:url';
import { givenEnvironment, readEnvironment } from './infrastructure/environment-files.mjs';
import { RUNTIME_ENV } from './paths.mjs';
import { fail, PlainError } from './plain-error.mjs';
import { holderOf } from './processes/claim.mjs';
import { BankClient } from './seed/bank-client.mjs';
import {
  DEMO_ACCOUNTS,
  DEMO_CUSTOMERS,
  DEMO_DEPOSITS,
  DEMO_PASSWORD,
  DEMO_TRANSFERS,
} from './seed/demo-data.mjs';

const KEY_PREFIX = 'demo-2026-';

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {string} number
 * @property {string} currency
 *
 * @typedef {Map<string, Account>} Accounts by the names of demo-data
 * @typedef {Map<string, BankClient>} Clients by the customers' names in demo-data
 */

/**
 * @param {object} options
 * @param {string} options.url of a gateway
 * @param {Record<string, string | undefined>} options.environment OPERATOR_EMAIL and OPERATOR_PASSWORD
 * @param {(line: string) => void} [options.say]
 */
export async function seed({ url, environment, say = () => undefined }) {
  if (environment.NODE_ENV === 'production')
    throw new PlainError(
      'Demo customers have a password that everybody knows: not with NODE_ENV=production.',
    );
  say('customers');
  /** @type {Clients} */
  const clients = new Map(await Promise.all(DEMO_CUSTOMERS.map((customer) => signUp(url, customer))));
  say('accounts');
  const accounts = await openAccounts(clients);
  say('cash deposits');
  await depositCash(url, environment, accounts);
  say('transfers');
  await transfer(clients, accounts);
  await Promise.all([...clients.values()].map((client) => client.signOut()));
}

/**
 * @param {string} url
 * @param {(typeof DEMO_CUSTOMERS)[number]} customer
 * @returns {Promise<[string, BankClient]>}
 */
async function signUp(url, { id, email, name }) {
  const client = new BankClient(url);
  const { status, body } = await client.post('customers', { email, name, password: DEMO_PASSWORD });
  if (status !== 201 && body.code !== 'email_taken') throw unexpected(`${email} could not sign up`, body);
  await client.signIn(email, DEMO_PASSWORD);
  return [id, client];
}

/**
 * Each customer's one after the other: pages show them in the order in which they were opened.
 *
 * @param {Clients} clients
 * @returns {Promise<Accounts>}
 */
async function openAccounts(clients) {
  /** @type {Accounts} */
  const opened = new Map();
  const openAll = async (/** @type {string} */ of) => {
    for (const { key, owner, currency, name } of DEMO_ACCOUNTS) {
      if (owner !== of) continue;
      const answer = await clients.get(owner)?.post('accounts', { currency, name }, KEY_PREFIX + key);
      if (answer?.status !== 201) throw unexpected(`${key} could not be opened`, answer?.body);
      opened.set(key, /** @type {Account} */ (/** @type {unknown} */ (answer.body)));
    }
  };
  await Promise.all([...clients.keys()].map(openAll));
  return opened;
}

/**
 * @param {string} url
 * @param {Record<string, string | undefined>} environment
 * @param {Accounts} accounts
 */
async function depositCash(url, { OPERATOR_EMAIL, OPERATOR_PASSWORD }, accounts) {
  if (!OPERATOR_EMAIL || !OPERATOR_PASSWORD)
    throw new PlainError(
      'Cash deposits need the operator: set OPERATOR_EMAIL and OPERATOR_PASSWORD in .env.',
    );
  const operator = new BankClient(url);
  await operator.signIn(OPERATOR_EMAIL, OPERATOR_PASSWORD);
  await Promise.all(
    DEMO_DEPOSITS.map(async ({ key, to, amount, reference }) => {
      const { number, currency } = accountOf(accounts, to);
      const body = { creditAccountNumber: number, instructedAmount: { amount, currency }, reference };
      const answer = await operator.post('operator/cash-deposits', body, KEY_PREFIX + key);
      if (answer.status !== 201) throw unexpected(`${key} failed`, answer.body);
    }),
  );
  await operator.signOut();
}

/**
 * One after the other: a history has an order.
 *
 * @param {Clients} clients
 * @param {Accounts} accounts
 */
async function transfer(clients, accounts) {
  for (const { key, from, to, amount, reference, refusal } of DEMO_TRANSFERS) {
    const debit = accountOf(accounts, from);
    const client = clients.get(from.split('-')[0] ?? '');
    const answer = await client?.post(
      'transfers',
      {
        debitAccountId: debit.id,
        creditAccountNumber: accountOf(accounts, to).number,
        instructedAmount: { amount, currency: debit.currency },
        reference,
      },
      KEY_PREFIX + key,
    );
    const isAsPlanned = refusal ? answer?.body.code === refusal : answer?.status === 201;
    if (!isAsPlanned) throw unexpected(`${key} (${reference}) failed`, answer?.body);
  }
}

/**
 * @param {Accounts} accounts
 * @param {string} key
 */
function accountOf(accounts, key) {
  const account = accounts.get(key);
  if (!account) throw new Error(`demo-data names an account "${key}" that it doesn't open`);
  return account;
}

/**
 * @param {string} what
 * @param {Record<string, any>} [body]
 */
function unexpected(what, body) {
  return new PlainError(`${what}: ${body?.detail ?? JSON.stringify(body)}`);
}

/** @param {readonly string[]} args */
function urlOf(args, /** @type {Record<string, string>} */ environment) {
  if (args.length === 0) return holderOf('start')?.url ?? `http://127.0.0.1:${environment.PORT ?? 3000}`;
  if (args.length === 2 && args[0] === '--url' && args[1] && URL.canParse(args[1])) return args[1];
  throw new PlainError('npm run seed takes one option: --url http://127.0.0.1:3000');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const environment = { ...readEnvironment(RUNTIME_ENV), ...givenEnvironment() };
    const url = urlOf(process.argv.slice(2), environment);
    await seed({ url, environment });
    console.log(
      `${url} has demo data: ${DEMO_CUSTOMERS.map(({ email }) => email).join(' and ')}, password ${DEMO_PASSWORD}.`,
    );
  } catch (error) {
    fail(error);
  }
}
