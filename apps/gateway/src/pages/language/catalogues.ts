import type { Language } from '@kopeck/contracts';
import * as en from './en/index.js';
import * as ru from './ru/index.js';
import type { Words } from './words.js';

export const WORDS: Readonly<Record<Language, Words>> = { en, ru };
