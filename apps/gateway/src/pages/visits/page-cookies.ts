import { Inject, Injectable } from '@nestjs/common';
import { BaseSettings } from '@kopeck/service';
import type { FastifyReply, FastifyRequest } from 'fastify';

const YEAR_SECONDS = 31_536_000;
const MINUTE_SECONDS = 60;

/** What the pages keep in a browser. */
export type PageCookie = 'session' | 'visitor' | 'language' | 'theme' | 'flash';

const NAMES: Readonly<Record<PageCookie, string>> = {
  session: 'kopeck',
  visitor: 'kopeck-visitor',
  language: 'kopeck-language',
  theme: 'kopeck-theme',
  flash: 'kopeck-flash',
};

/** Absent: until the browser is closed. */
const MAX_AGES: Partial<Record<PageCookie, number>> = {
  language: YEAR_SECONDS,
  theme: YEAR_SECONDS,
  flash: MINUTE_SECONDS,
};

/**
 * In production cookies carry the prefix `__Host-`: browsers then take them over TLS only, for this host alone, so that no
 * neighbouring host can plant one. Over plain HTTP, in development, such cookies would not be kept at all.
 */
@Injectable()
export class PageCookies {
  private readonly isSecure: boolean;

  constructor(@Inject(BaseSettings) settings: Pick<BaseSettings, 'isProduction'>) {
    this.isSecure = settings.isProduction;
  }

  read(request: FastifyRequest, cookie: PageCookie): string | undefined {
    return request.cookies[this.nameOf(cookie)];
  }

  write(reply: FastifyReply, cookie: PageCookie, value: string): void {
    const maxAge = MAX_AGES[cookie];
    void reply.setCookie(this.nameOf(cookie), value, {
      ...this.attributes,
      ...(maxAge !== undefined && { maxAge }),
    });
  }

  clear(reply: FastifyReply, cookie: PageCookie): void {
    void reply.clearCookie(this.nameOf(cookie), this.attributes);
  }

  private get attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure } as const;
  }

  private nameOf(cookie: PageCookie): string {
    return this.isSecure ? `__Host-${NAMES[cookie]}` : NAMES[cookie];
  }
}
