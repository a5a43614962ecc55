import { Inject, Injectable } from '@nestjs/common';
import { currentTrace } from '@kopeck/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewaySettings } from '../../gateway.settings.js';
import { pathOf } from '../../http/address.js';
import { newToken, type CurrentSession } from '../../sessions/session.js';
import { SessionStore } from '../../sessions/session.store.js';
import { chooseLanguage } from '../language/choose-language.js';
import { Formats } from '../language/formats.js';
import { WORDS } from '../language/catalogues.js';
import type { Words } from '../language/words.js';
import { FormTokens, TOKEN_FIELD } from './form-tokens.js';
import { PageCookies } from './page-cookies.js';
import { isFromOwnPage } from './same-site.js';
import { isTheme, rememberedVisit, rememberVisit, type Visit } from './visit.js';

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Finds out who looks at a page, from the cookies that the browser sends. */
@Injectable()
export class Visits {
  constructor(
    private readonly cookies: PageCookies,
    private readonly tokens: FormTokens,
    private readonly sessions: SessionStore,
    @Inject(GatewaySettings) private readonly settings: GatewaySettings,
  ) {}

  /** @throws {CacheUnavailable} where sessions can't be read. */
  async sessionOf(request: FastifyRequest): Promise<CurrentSession | undefined> {
    const token = this.cookies.read(request, 'session');
    return token !== undefined && TOKEN_SHAPE.test(token) ? this.sessions.find(token) : undefined;
  }

  /** Begins the visit; what was to be said once counts as said. */
  begin(request: FastifyRequest, reply: FastifyReply, session: CurrentSession | undefined): Visit {
    const language = chooseLanguage(
      this.cookies.read(request, 'language'),
      request.headers['accept-language'],
    );
    const theme = this.cookies.read(request, 'theme');
    const words = WORDS[language];
    const cookie = this.tokenCookieOf(request, reply);
    return rememberVisit(request, {
      session,
      language,
      words,
      formats: new Formats(language, this.settings.TIME_ZONE),
      theme: isTheme(theme) ? theme : 'auto',
      address: request.url,
      tokenFor: (path) => this.tokens.of(cookie, pathOf(path)),
      flash: this.flashOf(request, reply, words),
      nowMs: Date.now(),
      traceId: currentTrace()?.traceId ?? String(request.id),
    });
  }

  /** For error pages: the visit as far as it got. Where nobody can be told apart any more, it is nobody's. */
  async begunOrNobodys(request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
    const begun = rememberedVisit(request);
    if (begun) return begun;
    const session = await this.sessionOf(request).catch(() => undefined);
    return this.begin(request, reply, session);
  }

  /** Whether one of our own pages sent this form, for this address, from this browser. */
  isOurForm(request: FastifyRequest): boolean {
    const cookies = (['session', 'visitor'] as const)
      .map((cookie) => this.cookies.read(request, cookie))
      .filter((value) => value !== undefined);
    const token = (request.body as Record<string, unknown> | null | undefined)?.[TOKEN_FIELD];
    return (
      isFromOwnPage(request.headers, request.host) && this.tokens.isValid(token, cookies, pathOf(request.url))
    );
  }

  /** Forms hang on the session's cookie, or on one that says nothing but that it is the same browser. */
  private tokenCookieOf(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.cookies.read(request, 'session') ?? this.cookies.read(request, 'visitor');
    if (known !== undefined) return known;
    const visitor = newToken();
    this.cookies.write(reply, 'visitor', visitor);
    return visitor;
  }

  private flashOf(request: FastifyRequest, reply: FastifyReply, words: Words): Visit['flash'] {
    const flash = this.cookies.read(request, 'flash');
    if (flash === undefined || request.method !== 'GET') return undefined;
    this.cookies.clear(reply, 'flash');
    return Object.hasOwn(words.flash, flash) ? (flash as Visit['flash']) : undefined;
  }
}
