import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Secrets that must cross Kafka (passwords at sign-in) are sealed with AES-256-GCM (NIST SP 800-38D) under a key that
 * only the two services share, and bound to their context, so that a sealed value can't be moved to another message.
 */
const VERSION = 's1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Room for the longest password in UTF-8 with nonce, tag and base64url. */
export const SEALED_MAX_LENGTH = 1_400;

/** @param key 32 bytes. @param context what the secret belongs to, such as the e-mail address. */
export function seal(secret: string, key: Buffer, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/** @throws {Error} when the key or the context is another one or the text was changed: answer it as malformed. */
export function unseal(sealed: string, key: Buffer, context: string): string {
  const [version, text, ...more] = sealed.split('.');
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (more.length > 0 || version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Error('not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  );
}
