import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GatewaySettings } from '../../gateway.settings.js';

/** Name of the field that every form carries. */
export const TOKEN_FIELD = '_token';

/**
 * Tokens that only our own pages can put into a form: a keyed hash of the browser's cookie and the address the form is
 * sent to. Nothing is stored, so any gateway can check what another one wrote.
 */
@Injectable()
export class FormTokens {
  private readonly key: KeyObject;

  constructor(@Inject(GatewaySettings) settings: GatewaySettings) {
    const secret = Buffer.from(settings.SEALING_KEY, 'base64');
    const key = hkdfSync('sha256', secret, '', 'kopeck form tokens v1', 32);
    // As a key object it is prepared once, not for each form.
    this.key = createSecretKey(new Uint8Array(key));
  }

  /** @param path where the form is sent to, without its query. */
  of(cookie: string, path: string): string {
    return createHmac('sha256', this.key).update(`${cookie}\0${path}`).digest('base64url');
  }

  /** @param cookies those that the browser sent; the token may be of any: somebody may have signed in meanwhile. */
  isValid(token: unknown, cookies: readonly string[], path: string): boolean {
    if (typeof token !== 'string') return false;
    const given = Buffer.from(token);
    return cookies.some((cookie) => {
      const right = Buffer.from(this.of(cookie, path));
      return given.length === right.length && timingSafeEqual(given, right);
    });
  }
}
