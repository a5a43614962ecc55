import { Body, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isLanguage } from '../language/choose-language.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields, PAGE_FIELD } from '../visits/form-fields.js';
import { ownPathOf } from '../visits/own-path.js';
import { PageCookies } from '../visits/page-cookies.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { isTheme } from '../visits/visit.js';

/** Language and colours are the browser's: they are kept there, for who is signed in and who isn't. */
@PageController()
export class AppearanceController {
  constructor(
    private readonly pages: Pages,
    private readonly cookies: PageCookies,
  ) {}

  @FormPost('appearance')
  @AllowVisit('anyone')
  choose(@Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): void {
    const fields = new FormFields(body);
    const [language, theme] = [fields.text('language'), fields.text('theme')];
    if (isLanguage(language)) this.cookies.write(reply, 'language', language);
    if (isTheme(theme)) this.cookies.write(reply, 'theme', theme);
    this.pages.goTo(reply, ownPathOf(fields.text(PAGE_FIELD)) ?? '/');
  }
}
