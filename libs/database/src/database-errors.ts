/** A statement came after its transaction had been committed or rolled back: a promise wasn't awaited. */
export class TransactionOver extends Error {
  override readonly name = 'TransactionOver';

  constructor() {
    super('The transaction is over: await every statement inside the work that transaction() was given');
  }
}

/**
 * COMMIT was answered with ROLLBACK: a statement had failed and the work swallowed its error. Nothing was written, and
 * saying otherwise would lose money.
 */
export class TransactionAborted extends Error {
  override readonly name = 'TransactionAborted';

  constructor() {
    super('PostgreSQL rolled the transaction back at COMMIT: a statement failed and its error was swallowed');
  }
}

/** More callers wait for a connection than the limit allows. Nothing was sent; asking again later makes sense. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';

  constructor(limit: number) {
    super(
      `${limit} callers already wait for a database connection: raise DATABASE_POOL_SIZE or send less at once`,
    );
  }
}

/** SQLSTATE classes (PostgreSQL manual, appendix A) that speak of the server's state, not of the statement. */
const TRANSIENT_CLASSES = new Set([
  '08', // connection exception
  '28', // the server refuses the role: configuration, never the message's fault
  '53', // out of memory, disk or connections
  '58', // input or output error below PostgreSQL
]);

const TRANSIENT_CODES = new Set([
  '25006', // read only: a standby answers while a failover goes on
  '25P03', // idle in transaction for too long
  '25P04', // transaction took too long
  '26000', // prepared statement unknown: the connection behind a proxy changed
  '3D000', // the database isn't there (yet)
  '40001', // serialization failure
  '40003', // completion unknown
  '40P01', // deadlock
  '55P03', // lock not available in time
  '57014', // cancelled by statement_timeout
  '57P01', // shutting down
  '57P02', // crashed
  '57P03', // starting up
  '57P05', // idle session closed
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What pg and pg-pool say without a code (pg 8.23, pg-pool 3). */
const TRANSIENT_MESSAGES =
  /^(connection terminated|timeout exceeded when trying to connect|timeout expired|query read timeout|client (was closed|has encountered a connection error)|cannot use a pool after calling end)|cached plan must not change result type/i;

/** How deep `cause` and `driverError` are followed: TypeORM and our own wrappers need two. */
const MAX_DEPTH = 8;

/**
 * True when the same statements may succeed later, so the message that led to them must be kept and tried again. In
 * doubt about the database's state, true: a message in the dead-letter topic because a disk was full helps nobody.
 */
export function isTransientDatabaseError(error: unknown): boolean {
  return chainOf(error).some(isTransientItself);
}

/** SQLSTATE of an error or of what caused it; undefined when PostgreSQL wasn't the one who said no. */
export function sqlStateOf(error: unknown): string | undefined {
  for (const link of chainOf(error)) {
    const code = (link as { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return code;
  }
  return undefined;
}

/** Name of the constraint that PostgreSQL says was violated; undefined where it names none. */
export function constraintOf(error: unknown): string | undefined {
  const link = chainOf(error).find(
    (each) => typeof (each as { constraint?: unknown }).constraint === 'string',
  );
  return (link as { constraint: string } | undefined)?.constraint;
}

/** True when the connection can't be trusted any more and must not go back to the pool. */
export function breaksConnection(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code === '26000' || /cached plan must not change/.test(messageOf(error))) return true;
  if (code !== undefined) return code.startsWith('08') || code.startsWith('57P') || code.startsWith('25P0');
  return isTransientDatabaseError(error);
}

function isTransientItself(error: object): boolean {
  if (error instanceof TooManyWaiting) return true;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (TRANSIENT_CODES.has(code) || isTransientClass(code))) return true;
  return TRANSIENT_MESSAGES.test(messageOf(error));
}

function isTransientClass(code: string): boolean {
  return code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2));
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : '';
}

/** The error, what caused it, and the parts of an AggregateError (Node tries IPv6 and IPv4 for one name). */
function chainOf(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return [];
  const { cause, driverError, errors } = error as {
    cause?: unknown;
    driverError?: unknown;
    errors?: unknown;
  };
  const parts = Array.isArray(errors) ? errors.slice(0, MAX_DEPTH) : [];
  return [error, ...[driverError, cause, ...parts].flatMap((part) => chainOf(part, depth + 1))];
}
