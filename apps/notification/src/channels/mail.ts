import type { Language } from '@kopeck/contracts';
import type { Words } from '../templates/words.js';
import { escapeHtml, linkOf } from './html.js';

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where people choose what they are told. */
export const PREFERENCES_PATH = '/preferences';

const PHRASES: Readonly<Record<Language, { more: string; why: string; choose: string }>> = {
  en: {
    more: 'See it at the bank',
    why: 'You get this because your notifications by e-mail are on.',
    choose: 'Choose what you are told',
  },
  ru: {
    more: 'Открыть в банке',
    why: 'Вы получили это письмо, потому что у вас включены уведомления по почте.',
    choose: 'Выбрать, о чём сообщать',
  },
};

const BODY = 'margin:0;padding:24px;background:#f6f4ef;color:#1c1b19;font:16px/1.5 system-ui,sans-serif';
const SHEET = 'max-width:34em;margin:0 auto;padding:24px;background:#ffffff';
const TITLE = 'margin:0 0 12px;font-size:20px;line-height:1.3';
const SMALL = 'margin:24px 0 0;color:#66635c;font-size:13px';

/** One notification as a letter: the same words as text and as plain HTML, nothing to be loaded from anywhere. */
export function mailOf(words: Words, language: Language, publicUrl: string): Mail {
  const phrases = PHRASES[language];
  const more = linkOf(publicUrl, words.link);
  const choose = linkOf(publicUrl, PREFERENCES_PATH)!;
  const lines = [words.text, ...(more === null ? [] : [`${phrases.more}: ${more}`]), '--', phrases.why];
  return {
    subject: words.title,
    text: `${[...lines, `${phrases.choose}: ${choose}`].join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
      `<title>${escapeHtml(words.title)}</title></head><body style="${BODY}"><div style="${SHEET}">`,
      `<h1 style="${TITLE}">${escapeHtml(words.title)}</h1><p style="margin:0">${escapeHtml(words.text)}</p>`,
      more === null ? '' : `<p>${anchorOf(more, phrases.more)}</p>`,
      `<p style="${SMALL}">${escapeHtml(phrases.why)} ${anchorOf(choose, phrases.choose)}</p>`,
      '</div></body></html>',
    ].join('\n'),
  };
}

function anchorOf(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}
