/** Every sentence of the pages, by area. English sets what there is; a language that lacks one does not compile. */
export type Words = typeof import('./en/index.js');
