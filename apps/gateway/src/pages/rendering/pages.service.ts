import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { FunctionComponent } from 'preact';
import type { Words } from '../language/words.js';
import { PageCookies } from '../visits/page-cookies.js';
import type { Visit } from '../visits/visit.js';
import { renderPage } from './render-page.js';

/** How a handler answers: with a page, or by sending the browser on to one. */
@Injectable()
export class Pages {
  constructor(private readonly cookies: PageCookies) {}

  /** @param status 422 where a form comes back with what is wrong with it. */
  show<Props extends object>(
    visit: Visit,
    reply: FastifyReply,
    Page: FunctionComponent<Props>,
    props: Props,
    status = 200,
  ): string {
    reply.status(status).headers(PAGE_HEADERS);
    return renderPage(visit, Page, props);
  }

  /**
   * POST → 303 → GET: the page that follows can be read again without sending anything again.
   *
   * @param flash what that page says once.
   */
  goTo(reply: FastifyReply, path: string, flash?: keyof Words['flash']): void {
    if (flash !== undefined) this.cookies.write(reply, 'flash', flash);
    reply.status(303).headers({ ...PAGE_HEADERS, location: path });
  }
}

/** Money matters of somebody: no cache may keep them, not even the browser's own. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'cookie, accept-language',
};
