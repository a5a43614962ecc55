/** Minor units on the wire: a positive decimal integer, no sign, no leading zero. */
export const AMOUNT_MINOR = /^[1-9]\d{0,14}$/;

/**
 * What may stand in a reference or a name: printable, one line. Control characters and line breaks are refused; half a
 * surrogate pair, which is no character and which PostgreSQL doesn't store; and the marks that turn the direction of
 * writing, with which a reference shows as something else than it says. The number is bounded here too, because
 * `@Length` doesn't count variation selectors.
 */
export const REFERENCE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{0,280}$/u;

/**
 * A moment in UTC as RFC 3339 writes it; ISO 8601 alone would let weeks, plain days and a year 0 through, which databases
 * don't read.
 */
export const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
