import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import base from './base.css?source';
import components from './components.css?source';
import content from './content.css?source';
import forms from './forms.css?source';
import icon from './icon.svg?source';
import layout from './layout.css?source';
import live from './live.js?source';
import personal from './personal.css?source';
import print from './print.css?source';
import tokens from './tokens.css?source';

/** One file of the pages, ready to be sent. */
export interface AssetFile {
  readonly type: string;
  readonly body: Buffer;
  /** Only for text: fonts are compressed already. */
  readonly encoded?: { readonly br: Buffer; readonly gzip: Buffer };
}

/** The font's own files, of its package; the address of each is the one that the stylesheet names. */
const FONTS: Readonly<Record<string, string>> = {
  'inter-latin.woff2': 'inter-latin-wght-normal.woff2',
  'inter-latin-ext.woff2': 'inter-latin-ext-wght-normal.woff2',
  'inter-cyrillic.woff2': 'inter-cyrillic-wght-normal.woff2',
};

const STYLESHEET = [tokens, base, layout, components, content, forms, personal, print].join('\n');

/** Everything that pages load, by name. */
export const ASSET_FILES: Readonly<Record<string, AssetFile>> = {
  'kopeck.css': text('text/css; charset=utf-8', STYLESHEET),
  'live.js': text('text/javascript; charset=utf-8', live),
  'icon.svg': text('image/svg+xml', icon),
  ...fonts(),
};

/** Changes with any of the files, so that browsers may keep them for ever. */
export const ASSETS_VERSION = Object.values(ASSET_FILES)
  .reduce((hash, { body }) => hash.update(body), createHash('sha256'))
  .digest('base64url')
  .slice(0, 12);

export function assetAddress(name: string): string {
  return `/assets/${ASSETS_VERSION}/${name}`;
}

function text(type: string, source: string): AssetFile {
  const body = Buffer.from(source);
  return { type, body, encoded: { br: brotliCompressSync(body), gzip: gzipSync(body, { level: 9 }) } };
}

function fonts(): Record<string, AssetFile> {
  // The program is started from the folder that has its package.json and node_modules.
  const { resolve: find } = createRequire(resolve('package.json'));
  const entries = Object.entries(FONTS).map(([name, file]): [string, AssetFile] => [
    name,
    { type: 'font/woff2', body: readFileSync(find(`@fontsource-variable/inter/files/${file}`)) },
  ]);
  return Object.fromEntries(entries);
}
