import { hash, parseOptions, verify } from '@node-rs/argon2';

/** Numbers of @node-rs/argon2's enums, which can't be imported under `isolatedModules`. */
const ARGON2ID = 2;
const VERSION_19 = 1;

/**
 * OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. Raise them here and
 * each customer's hash follows at the next sign-in.
 */
export const PARAMETERS = {
  algorithm: ARGON2ID,
  version: VERSION_19,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
  outputLen: 32,
} as const;

/** A PHC string (`$argon2id$v=19$m=19456,t=2,p=1$salt$hash`) with a fresh 16-byte salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), PARAMETERS);
}

/** True when the password is the hash's; takes as long as the hash's own parameters say. */
export function verifyPassword(phc: string, password: string): Promise<boolean> {
  return verify(phc, canonical(password));
}

/** True when a hash was made with other parameters than today's. */
export function isOutdatedHash(phc: string): boolean {
  const options: Record<string, number> = { ...parseOptions(phc) };
  return Object.entries(PARAMETERS).some(([name, value]) => options[name] !== value);
}

/** The same characters typed on another keyboard may come as other code points (NIST SP 800-63B-4, 3.1.1.2). */
function canonical(password: string): string {
  return password.normalize('NFKC');
}
