import pg from 'pg';

/** Looks into the database behind the services' backs, as an auditor would: by SQL of its own. */
export class LedgerCheck {
  private readonly pool: pg.Pool;

  /** @param adminUrl of the system's database, as a role that may read every schema. */
  constructor(adminUrl: string) {
    this.pool = new pg.Pool({ connectionString: adminUrl, max: 2 });
    // A check may run while the server is being killed: the query fails, the test process must not.
    this.pool.on('error', () => undefined);
  }

  /** Money is neither made nor lost, each balance is what its entries say, and the hash chain has no gap. */
  async expectSound(): Promise<void> {
    for (const [what, sql] of Object.entries(FAULTS)) {
      const { rows } = await this.pool.query(`${sql} LIMIT 5`);
      if (rows.length > 0) throw new Error(`${what}: ${JSON.stringify(rows)}`);
    }
  }

  /** Each of these transfers was decided once, so many of them completed, with two entries each. */
  async expectDecided(ids: readonly string[], completed: number): Promise<void> {
    const { rows } = await this.pool.query(DECIDED, [ids]);
    const found = rows[0] as { known: number; completed: number; entries: number };
    if (found.known !== ids.length || found.completed !== completed || found.entries !== 2 * completed) {
      throw new Error(
        `of ${ids.length} transfers, ${completed} completed, the ledger has ${JSON.stringify(found)}`,
      );
    }
  }

  /** The transaction-manager has followed each accepted request to its end. */
  async expectNothingPending(): Promise<void> {
    const { rows } = await this.pool.query(PENDING);
    if (rows.length > 0) throw new Error(`still pending: ${JSON.stringify(rows)}`);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

const FAULTS = {
  'balances that do not sum to zero': `
    SELECT currency, sum(balance_minor)::text AS total FROM ledger.account
    GROUP BY currency HAVING sum(balance_minor) <> 0`,
  'entries that do not sum to zero': `
    SELECT transfer_id, currency, sum(amount_minor)::text AS total FROM ledger.entry
    GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0`,
  'balances that their entries do not explain': `
    SELECT a.id, a.balance_minor::text, a.version::text, e.total::text, e.count::text FROM ledger.account a
    LEFT JOIN (SELECT account_id, sum(amount_minor) AS total, count(*) AS count FROM ledger.entry GROUP BY account_id) e
      ON e.account_id = a.id
    WHERE a.balance_minor <> coalesce(e.total, 0) OR a.version <> coalesce(e.count, 0)`,
  'entries whose running balance is wrong': `
    SELECT * FROM (
      SELECT account_id, account_version, balance_after_minor::text AS said,
        (sum(amount_minor) OVER (PARTITION BY account_id ORDER BY account_version))::text AS was FROM ledger.entry) e
    WHERE said <> was`,
  'balances below their limit': `SELECT id, balance_minor::text FROM ledger.account WHERE balance_minor < floor_minor`,
  'completed transfers without two entries, conversions without four to six, or failed ones with any': `
    SELECT t.id, t.kind, t.status, count(e.transfer_id)::int AS entries FROM ledger.transfer t
    LEFT JOIN ledger.entry e ON e.transfer_id = t.id
    GROUP BY t.id, t.kind, t.status HAVING CASE
      WHEN t.status <> 'completed' THEN count(e.transfer_id) <> 0
      WHEN t.kind = 'conversion' THEN count(e.transfer_id) NOT BETWEEN 4 AND 6
      ELSE count(e.transfer_id) <> 2 END`,
  'gaps in the chain': `
    SELECT chain, max(sequence)::text AS last, count(*)::text AS count FROM ledger.transfer
    GROUP BY chain HAVING max(sequence) <> count(*)`,
  'broken links in the chain': `
    SELECT * FROM (
      SELECT id, chain, sequence, previous_hash AS said,
        lag(hash) OVER (PARTITION BY chain ORDER BY sequence) AS was FROM ledger.transfer) t
    WHERE sequence > 1 AND said IS DISTINCT FROM was`,
  'chain heads that are not the last link': `
    SELECT h.chain, h.sequence::text, l.sequence::text AS last FROM ledger.chain_head h
    LEFT JOIN LATERAL (SELECT sequence, hash FROM ledger.transfer t WHERE t.chain = h.chain
      ORDER BY sequence DESC LIMIT 1) l ON true
    WHERE h.sequence <> coalesce(l.sequence, 0) OR (l.hash IS NOT NULL AND l.hash <> h.hash)`,
};

const DECIDED = `
  SELECT count(*)::int AS known, count(*) FILTER (WHERE status = 'completed')::int AS completed,
    (SELECT count(*)::int FROM ledger.entry WHERE transfer_id = ANY ($1::uuid[])) AS entries
  FROM ledger.transfer WHERE id = ANY ($1::uuid[])`;

const PENDING = `
  SELECT transfer_id AS id FROM transaction_manager.pending LIMIT 5`;
