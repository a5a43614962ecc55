/** There are rates, but none that may be used now: too old, or Redis and PostgreSQL are away. It passes. */
export class RatesUnavailable extends Error {}

/** No source that is in use has both currencies. */
export class RateUnknown extends Error {}
