import { requiredVersionOf, type RequiredVersion } from './entity-tag.js';
import { Problem } from './problem.js';

/**
 * Optimistic concurrency (RFC 9110, section 13): a change says which state of a thing it is based on. The owning service
 * compares again; this only chooses which revision to name, or finds that none can be right.
 *
 * @param what the thing, for the words of a problem: `account`.
 * @param read asked for only where If-Match names no single revision.
 * @throws {Problem} `version_required` (428), `stale_version` (412).
 */
export async function revisionFor(
  ifMatch: string | undefined,
  what: string,
  read: () => Promise<{ readonly revision: string }>,
): Promise<string> {
  const required = requiredOf(ifMatch, what);
  const [only, ...more] = required.any ? [] : required.revisions;
  if (only !== undefined && more.length === 0) return only;
  const { revision } = await read();
  if (!required.any && !required.revisions.includes(revision)) throw staleVersion(what);
  return revision;
}

/**
 * The same for who has read the present state already.
 *
 * @throws {Problem} `version_required` (428), `stale_version` (412).
 */
export function requireRevision(ifMatch: string | undefined, what: string, revision: string): void {
  const required = requiredOf(ifMatch, what);
  if (!required.any && !required.revisions.includes(revision)) throw staleVersion(what);
}

function requiredOf(ifMatch: string | undefined, what: string): RequiredVersion {
  const required = requiredVersionOf(ifMatch);
  if (required) return required;
  throw new Problem(
    'version_required',
    `Send If-Match with the ETag that you read the ${what} with, so that nobody's change is overwritten.`,
  );
}

function staleVersion(what: string): Problem {
  return new Problem(
    'stale_version',
    `Somebody changed the ${what} in the meantime. Read again, look, and send the new ETag as If-Match.`,
  );
}
