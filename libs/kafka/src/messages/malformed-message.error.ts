/** A message that can't be read: no JSON, or not what its topic carries. Trying again never helps. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';

  constructor(
    message: string,
    /** RFC 6901: the first field at fault. */
    readonly pointer?: string,
  ) {
    super(message);
  }
}
