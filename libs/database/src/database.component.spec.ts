import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  isTransientDatabaseError,
  sqlStateOf,
  TooManyWaiting,
  TransactionAborted,
  TransactionOver,
} from './database-errors.js';
import { openDatabase } from './database.module.js';
import type { Database } from './database.js';
import { prepareDatabases, urlWithDatabase, withAdmin } from './setup/prepare-databases.js';
import { PLANNED_ANEW, type Transaction } from './transaction.js';

const ROLE = `test_${randomBytes(6).toString('hex')}`;
const PASSWORD = `it's "hard": @/?#%`;

class CreateThing0000000000001 implements MigrationInterface {
  name = 'CreateThing0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE things.thing (id int PRIMARY KEY, amount bigint NOT NULL, day date, at timestamptz)',
    );
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON things.thing TO ${ROLE}`);
  }

  async down(): Promise<void> {}
}

/** A way to PostgreSQL on which the nth connection is taken and never answered. */
async function hangingAt(nth: number, target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const road = {
    url: '',
    connections: 0,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    if (++road.connections === nth) return;
    const further = connect(Number(port), hostname).on('error', () => undefined);
    sockets.add(further);
    socket.pipe(further).pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  road.url = url.href;
  return road;
}

const THINGS = { service: 'customer', schema: 'things', migrations: [CreateThing0000000000001] } as const;

describe('a service on PostgreSQL', () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  let adminUrl: string;
  let url: string;
  let database: Database;

  const prepare = () =>
    prepareDatabases({
      adminUrl,
      services: [{ database: { ...THINGS, migrations: [...THINGS.migrations] }, url }],
      log: () => undefined,
    });
  const open = (more: NodeJS.ProcessEnv = {}, schema = 'things') =>
    openDatabase('customer', schema, [], {
      CUSTOMER_DATABASE_URL: url,
      DATABASE_WAIT_AT_BOOT_MS: '0',
      ...more,
    });
  const asAdmin = <T>(work: (admin: pg.Client) => Promise<T>) => withAdmin(adminUrl, work);

  beforeAll(async () => {
    adminUrl = urlWithDatabase(process.env.POSTGRES_ADMIN_URL!, name);
    const service = new URL(adminUrl);
    service.username = ROLE;
    service.password = encodeURIComponent(PASSWORD);
    url = service.href;
    await prepare();
    database = await open();
  });

  afterAll(async () => {
    await database?.onApplicationShutdown();
    await withAdmin(process.env.POSTGRES_ADMIN_URL!, async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS ${ROLE}`);
    });
  });

  beforeEach(() => asAdmin((admin) => admin.query('DELETE FROM things.thing')));

  async function count(): Promise<number> {
    return Number((await database.query<{ n: string }>('SELECT count(*) AS n FROM thing'))[0]!.n);
  }

  describe('statements', () => {
    it('gives bigint and date as strings, timestamptz as Date', async () => {
      const [row] = await database.query(
        `SELECT 9007199254740993::bigint AS big, '2026-03-01'::date AS day, '2026-03-01T12:00:00Z'::timestamptz AS at`,
      );
      expect(row).toEqual({
        big: '9007199254740993',
        day: '2026-03-01',
        at: new Date('2026-03-01T12:00:00Z'),
      });
    });

    it('prepares a text once on a connection', async () => {
      const sql = 'SELECT $1::int + 1 AS next';
      const prepared = await database.transaction(async (tx) => {
        await tx.query(sql, [1]);
        await tx.query(sql, [2]);
        return tx.query('SELECT 1 FROM pg_prepared_statements WHERE statement = $1', [sql]);
      });
      expect(prepared).toHaveLength(1);
    });

    it('keeps no plan of what is planned anew', async () => {
      const sql = `SELECT $1::int + ${Date.now()} AS sum`;
      await Promise.all([1, 2].map((value) => database.query(sql, [value], PLANNED_ANEW)));
      const kept = 'SELECT 1 FROM pg_prepared_statements WHERE statement = $1';
      const looks = Array.from({ length: 2 }, () => database.query(kept, [sql], PLANNED_ANEW));
      expect((await Promise.all(looks)).flat()).toEqual([]);
    });

    it('goes on after a statement that could not be prepared', async () => {
      const wrong = () => database.query('SELECT nothing FROM nowhere');
      await expect(wrong()).rejects.toMatchObject({ code: '42P01' });
      await expect(wrong()).rejects.toMatchObject({ code: '42P01' });
      await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    });

    it('survives a change of a table under a prepared statement', async () => {
      const small = await open({ DATABASE_POOL_SIZE: '1' });
      const read = () => small.query('SELECT * FROM things.changing');
      try {
        await asAdmin(async (admin) => {
          await admin.query('CREATE TABLE things.changing AS SELECT 1 AS a');
          await admin.query(`GRANT SELECT ON things.changing TO ${ROLE}`);
        });
        await expect(read()).resolves.toEqual([{ a: 1 }]);
        await asAdmin((admin) => admin.query('ALTER TABLE things.changing ADD b int DEFAULT 2'));
        const error = await read().catch((caught: unknown) => caught);
        expect(isTransientDatabaseError(error)).toBe(true);
        await expect(read()).resolves.toEqual([{ a: 1, b: 2 }]);
      } finally {
        await small.onApplicationShutdown();
      }
    });
  });

  describe('transactions', () => {
    it('commits what the work wrote and gives its value', async () => {
      const touched = await database.transaction((tx) =>
        tx.run('INSERT INTO thing(id, amount) SELECT unnest($1::int[]), 1', [[1, 2, 3]]),
      );
      expect(touched).toBe(3);
      expect(await count()).toBe(3);
    });

    it('rolls back what a failing work wrote', async () => {
      const work = async (tx: Transaction) => {
        await tx.run('INSERT INTO thing(id, amount) VALUES (1, 1)');
        throw new Error('changed my mind');
      };
      await expect(database.transaction(work)).rejects.toThrow('changed my mind');
      expect(await count()).toBe(0);
    });

    it('commits along with its last statement', async () => {
      const touched = await database.transaction(async (tx) => {
        await tx.run('INSERT INTO thing(id, amount) VALUES (1, 1)');
        return tx.runLast('INSERT INTO thing(id, amount) VALUES (2, 1), (3, 1)');
      });
      expect(touched).toBe(2);
      expect(await count()).toBe(3);
    });

    it.each(['fails', 'fails, and the work does not care'])(
      'commits nothing when its last statement %s',
      async (how) => {
        const work = async (tx: Transaction) => {
          await tx.run('INSERT INTO thing(id, amount) VALUES (1, 1)');
          const last = tx.runLast('INSERT INTO thing(id, amount) VALUES (2, 1), (1, 1)');
          return how === 'fails' ? last : last.catch(() => 0);
        };
        await expect(database.transaction(work)).rejects.toMatchObject(
          how === 'fails' ? { code: '23505' } : { name: 'TransactionAborted' },
        );
        expect(await count()).toBe(0);
      },
    );

    it('commits one statement alone, or nothing of it', async () => {
      const alone = (sql: string) => database.transaction((tx) => tx.runLast(sql));
      expect(await alone('INSERT INTO thing(id, amount) VALUES (2, 1), (3, 1)')).toBe(2);
      expect(await count()).toBe(2);
      await expect(alone('INSERT INTO thing(id, amount) VALUES (4, 1), (4, 1)')).rejects.toMatchObject({
        code: '23505',
      });
      expect(await count()).toBe(2);
      expect(await alone('UPDATE thing SET amount = 2')).toBe(2);
    });

    it('does not call a swallowed error a success', async () => {
      const work = async (tx: Transaction) => {
        await tx.run('INSERT INTO thing(id, amount) VALUES (1, 1)');
        await tx.run('INSERT INTO thing(id, amount) VALUES (1, 1)').catch(() => undefined);
      };
      await expect(database.transaction(work)).rejects.toBeInstanceOf(TransactionAborted);
      expect(await count()).toBe(0);
    });

    it('runs statements that are started together one after another', async () => {
      const rows = await database.transaction((tx) =>
        Promise.all([1, 2, 3, 4].map((id) => tx.query<{ id: number }>('SELECT $1::int AS id', [id]))),
      );
      expect(rows.flat().map((row) => row.id)).toEqual([1, 2, 3, 4]);
    });

    it('refuses a statement after its end', async () => {
      let kept: Transaction | undefined;
      await database.transaction(async (tx) => void (kept = tx));
      await expect(kept!.query('SELECT 1')).rejects.toBeInstanceOf(TransactionOver);
    });

    it('starts both of two deadlocked works again until each has had its turn', async () => {
      await database.query('INSERT INTO thing(id, amount) VALUES (1, 0), (2, 0)');
      const before = database.statistics.restarts['40P01'] ?? 0;
      const met = meeting(2);
      const add = (ids: number[]) => {
        let attempts = 0;
        return database.transaction(async (tx) => {
          await tx.run('UPDATE thing SET amount = amount + 1 WHERE id = $1', [ids[0]]);
          if (attempts++ === 0) await met();
          await tx.run('UPDATE thing SET amount = amount + 1 WHERE id = $1', [ids[1]]);
        });
      };
      await Promise.all([add([1, 2]), add([2, 1])]);
      expect(await database.query('SELECT amount FROM thing ORDER BY id')).toEqual([
        { amount: '2' },
        { amount: '2' },
      ]);
      // On a busy machine the two may meet again.
      expect(database.statistics.restarts['40P01']).toBeGreaterThan(before);
    });

    it('starts again on a unique violation only when asked', async () => {
      await database.query('INSERT INTO thing(id, amount) VALUES (7, 1)');
      const insertOnce = (options?: { retryUniqueViolation: boolean }) => {
        let attempts = 0;
        const work = (tx: Transaction) =>
          tx.run('INSERT INTO thing(id, amount) VALUES ($1, 1)', [7 + attempts++]);
        return database.transaction(work, options);
      };
      await expect(insertOnce()).rejects.toMatchObject({ code: '23505' });
      await expect(insertOnce({ retryUniqueViolation: true })).resolves.toBe(1);
    });

    it('gives up after the limit of restarts', async () => {
      const limited = await open({ DATABASE_MAX_RESTARTS: '2' });
      let attempts = 0;
      const work = async (tx: Transaction) => {
        attempts++;
        await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      };
      const error = await limited.transaction(work).catch((caught: unknown) => caught);
      await limited.onApplicationShutdown();
      expect(attempts).toBe(3);
      expect(isTransientDatabaseError(error)).toBe(true);
    });
  });

  describe('trouble', () => {
    it('calls a lost connection transient and opens a new one', async () => {
      const error = await database
        .transaction(async (tx) => {
          const [{ pid }] = (await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) as [
            { pid: number },
          ];
          await asAdmin((admin) => admin.query('SELECT pg_terminate_backend($1)', [pid]));
          await tx.query('SELECT 1');
        })
        .catch((caught: unknown) => caught);
      expect(isTransientDatabaseError(error)).toBe(true);
      await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    });

    it('forgets idle connections that the server closed', async () => {
      await Promise.all([1, 2, 3].map(() => database.query('SELECT pg_sleep(0.01)')));
      await asAdmin((admin) =>
        admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [ROLE]),
      );
      await eventually(() => database.query('SELECT 1 AS one'));
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('ends statements and waits for locks in time', async () => {
      const hasty = await open({ DATABASE_STATEMENT_TIMEOUT_MS: '400', DATABASE_LOCK_TIMEOUT_MS: '100' });
      try {
        await expect(hasty.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
        await database.query('INSERT INTO thing(id, amount) VALUES (1, 0)');
        await database.transaction(async (tx) => {
          await tx.query('SELECT 1 FROM thing WHERE id = 1 FOR UPDATE');
          const blocked = hasty.query('UPDATE thing SET amount = 1 WHERE id = 1');
          await expect(blocked).rejects.toMatchObject({ code: '55P03' });
        });
      } finally {
        await hasty.onApplicationShutdown();
      }
    });

    it('lets only so many wait, and only for so long', async () => {
      const tiny = await open({
        DATABASE_POOL_SIZE: '1',
        DATABASE_MAX_WAITING: '1',
        // Also for the connection itself, which on a busy machine takes more than a tenth of a second.
        DATABASE_CONNECT_TIMEOUT_MS: '2000',
      });
      try {
        await tiny.transaction(async () => {
          const waits = tiny.query('SELECT 1').catch((caught: unknown) => caught);
          await expect(tiny.query('SELECT 1')).rejects.toBeInstanceOf(TooManyWaiting);
          expect(isTransientDatabaseError(await waits)).toBe(true);
        });
        await expect(tiny.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
      } finally {
        await tiny.onApplicationShutdown();
      }
    });

    it('waits at boot as well where a later connection is not answered', async () => {
      const road = await hangingAt(2, url);
      try {
        const patient = await open({
          CUSTOMER_DATABASE_URL: road.url,
          DATABASE_CONNECT_TIMEOUT_MS: '1000',
          DATABASE_WAIT_AT_BOOT_MS: '20000',
        });
        try {
          await expect(patient.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
        } finally {
          await patient.onApplicationShutdown();
        }
        expect(road.connections).toBeGreaterThan(2);
      } finally {
        road.close();
      }
    }, 30_000);

    it('says at boot what is missing', async () => {
      await expect(open({}, 'elsewhere')).rejects.toThrow(
        /schema "elsewhere" doesn't exist: run the setup step/,
      );
      const closed = new URL(url);
      closed.port = '1';
      await expect(open({ CUSTOMER_DATABASE_URL: closed.href })).rejects.toThrow(
        /PostgreSQL at .*:1\/.* didn't answer within 0 ms .*CUSTOMER_DATABASE_URL/,
      );
    });
  });

  describe('setup', () => {
    it('may be done again, also twice at once', async () => {
      await Promise.all([prepare(), prepare()]);
      const { rows } = await asAdmin((admin) => admin.query('SELECT name FROM things.migrations'));
      expect(rows).toEqual([{ name: 'CreateThing0000000000001' }]);
    });

    it('takes a password with any characters, and changes it', async () => {
      await expect(database.query('SELECT current_user AS me')).resolves.toEqual([{ me: ROLE }]);
    });

    it('gives the role its grants and nothing else', async () => {
      await expect(database.query('CREATE TABLE thing2 (id int)')).rejects.toMatchObject({ code: '42501' });
      await expect(database.query('DELETE FROM thing')).rejects.toMatchObject({ code: '42501' });
      await expect(database.query('TRUNCATE thing')).rejects.toMatchObject({ code: '42501' });
      await expect(database.query('ALTER TABLE thing DISABLE TRIGGER ALL')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(database.query('CREATE TABLE public.mine (id int)')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(database.query('SELECT name FROM migrations')).rejects.toMatchObject({ code: '42501' });
    });

    it('keeps the password out of statements', async () => {
      const seen: string[] = [];
      const admin = new pg.Client({ connectionString: adminUrl });
      await admin.connect();
      const { prepareRole } = await import('./setup/access.js');
      const send = admin.query.bind(admin) as (...args: unknown[]) => Promise<unknown>;
      admin.query = ((text: string, ...rest: unknown[]) => (seen.push(text), send(text, ...rest))) as never;
      await prepareRole(admin, ROLE, PASSWORD, () => undefined);
      await admin.end();
      expect(seen.join('\n')).toContain('SCRAM-SHA-256$4096:');
      expect(seen.join('\n')).not.toContain('hard');
    });

    it('refuses a role that owns a table', async () => {
      await asAdmin((admin) =>
        admin.query(`CREATE TABLE things.owned (); ALTER TABLE things.owned OWNER TO ${ROLE}`),
      );
      await expect(prepare()).rejects.toThrow(/owns owned in things/);
      await asAdmin((admin) => admin.query('DROP TABLE things.owned'));
    });

    it('refuses the administrator as a service role', async () => {
      const services = [{ database: { ...THINGS, migrations: [] }, url: adminUrl }];
      const setup = prepareDatabases({ adminUrl, services, log: () => undefined });
      await expect(setup).rejects.toThrow(/role of its own/);
    });

    it('lets nobody else in', async () => {
      const stranger = `${ROLE}_stranger`;
      await asAdmin((admin) => admin.query(`CREATE ROLE ${stranger} LOGIN PASSWORD 'stranger'`));
      try {
        const other = new URL(adminUrl);
        other.username = stranger;
        other.password = 'stranger';
        const client = new pg.Client({ connectionString: other.href });
        const error = await client.connect().catch((caught: unknown) => caught);
        expect(sqlStateOf(error)).toBe('42501');
      } finally {
        await asAdmin((admin) => admin.query(`DROP ROLE ${stranger}`));
      }
    });
  });
});

/** Lets callers go on when so many have come. */
function meeting(size: number): () => Promise<void> {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let arrived = 0;
  return () => {
    if (++arrived === size) open();
    return opened;
  };
}

async function eventually<T>(attempt: () => Promise<T>, deadlineMs = 15_000): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
