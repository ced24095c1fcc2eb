/** Thrown while a DNS message is read that breaks the rules of its format; the message says which, as a clause. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}
