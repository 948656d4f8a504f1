import { Fault } from '../fault';

/**
 * SHA-256 of a file's bytes, lower-case hex: two pictures are the same when their files are.
 * @throws Fault 'storage' where the page was not loaded securely, as browsers then give no hashing
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle)
    throw new Fault(
      'storage',
      'The browser offers no hashing to this page, because it was not loaded securely.',
      'Open the page by https or from localhost.',
    );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
