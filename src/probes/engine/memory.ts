/** What was taken here. Whoever is handed a view of it has it alone. */
const own = new WeakSet<ArrayBufferLike>();

/** Memory for bytes that are written at once; it holds anything until then. */
export const takeMemory = (bytes: number): Buffer => {
  const memory = Buffer.allocUnsafeSlow(bytes);
  own.add(memory.buffer);
  return memory;
};

/**
 * Gives memory back at once, where the garbage collector would take its time: read by read, a body would lie in memory
 * several times until then. Nobody may be using the bytes any more, in any view: all of them are empty afterwards. Does
 * so for memory that was taken here, and for a read of a socket, which is the whole of its memory; answers whether.
 */
export const giveBack = ({ buffer, byteLength }: Uint8Array): boolean => {
  if (!(buffer instanceof ArrayBuffer) || (!own.has(buffer) && buffer.byteLength !== byteLength)) return false;
  if (buffer.byteLength > 0) buffer.transfer(0);
  return true;
};

/** As `giveBack`, for bytes that may come from elsewhere: only what was taken here is given back. */
export const giveBackOwn = (bytes: Uint8Array): void => {
  if (own.has(bytes.buffer)) giveBack(bytes);
};
