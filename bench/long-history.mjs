/** As many entries as an account of a shop has after some years. */
export const LONG_HISTORY_ENTRIES = 100_000;
const AMOUNT_MINOR = 100;
const HISTORY_DAYS = 365;
/** No partition has this number: these rows hang on no chain, and no chain has a gap for want of them. */
const NO_CHAIN = 1_000_000;
/** In the form of a hash that there is none of. */
const NO_HASH = 'A'.repeat(43);

/**
 * Gives an account a history that would take minutes to make by transfers: one to and fro with another account of the same
 * owner, over a year, so that both balances end as they began.
 *
 * Straight into the ledger's tables, past the service and with none of its triggers off: entries sum to zero, versions have
 * no gap, and the newest one says what the account holds, or the database refuses all of it. Nobody else may use these two
 * accounts. What there isn't: the transaction-manager's side of these transfers, and their places in a chain.
 *
 * @param {import('pg').Pool} database as its administrator
 * @param {{ id: string, number: string }} account
 * @param {{ id: string, number: string }} other of the same currency and owner
 */
export async function writeLongHistory(database, account, other) {
  const client = await database.connect();
  try {
    await client.query('begin');
    await client.query(STEPS, [account.id, other.id, LONG_HISTORY_ENTRIES, HISTORY_DAYS]);
    await client.query(TRANSFERS, [account.number, other.number, AMOUNT_MINOR, NO_CHAIN, NO_HASH]);
    await client.query(VERSIONS, [[account.id, other.id], LONG_HISTORY_ENTRIES]);
    await client.query(ENTRIES, [[account.id, other.id], LONG_HISTORY_ENTRIES, AMOUNT_MINOR]);
    await client.query('commit');
    await client.query('analyze ledger.entry, ledger.transfer');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** One row a transfer: odd ones go to the other account, even ones come back. */
const STEPS = `
  create temporary table step on commit drop as
  select n, gen_random_uuid() as id, debit, credit,
    date_trunc('milliseconds', now() - make_interval(secs => $4::int * 86400.0 * ($3::int - n) / $3::int)) as at
  from generate_series(1, $3::int) as n,
    lateral (select case when n % 2 = 1 then $1::uuid else $2::uuid end as debit,
                    case when n % 2 = 1 then $2::uuid else $1::uuid end as credit) as sides`;

const TRANSFERS = `
  insert into ledger.transfer (id, chain, sequence, kind, customer_id, request_id, debit_account_id, credit_account_id,
    credit_number, amount_minor, currency, reference, status, requested_at, decided_at, previous_hash, hash)
  select s.id, $4, s.n, 'transfer', a.customer_id, gen_random_uuid(), s.debit, s.credit,
    case when s.n % 2 = 1 then $2 else $1 end, $3, a.currency, 'Order ' || s.n, 'completed', s.at, s.at, $5, $5
  from step s join ledger.account a on a.id = s.debit order by s.n`;

/** An even number of steps leaves balances as they are. */
const VERSIONS = `update ledger.account set version = version + $2 where id = any ($1::uuid[])`;

const ENTRIES = `
  insert into ledger.entry (account_id, account_version, transfer_id, position, currency, amount_minor,
    balance_after_minor, posted_at)
  select a.id, a.version - $2 + s.n, s.id, case when a.id = s.debit then 0 else 1 end, a.currency,
    case when a.id = s.debit then -$3::bigint else $3::bigint end,
    a.balance_minor + case when s.n % 2 = 0 then 0 when a.id = s.debit then -$3::bigint else $3::bigint end, s.at
  from step s cross join ledger.account a where a.id = any ($1::uuid[]) order by s.n`;
