import { Fault } from '../../../src/core/fault';
import { type Logo, trimmed } from '../../../src/evaluate/sensitivity/logo';
import { type AlphaPicture, decodeWithAlpha } from '../../../src/images/alpha_picture';

/** Long side in pixels: more than a logo ever has in a picture. */
const SIDE = 256;

const ADVICE = 'Choose a PNG, WebP, GIF or JPEG of at most 20 MB, or one of the logos in the list.';

/**
 * The user's own picture as a logo, without the margin that one sees through.
 * @throws Fault 'picture' that names the file and says what is wrong with it
 */
export async function ownLogo(file: File): Promise<Logo> {
  const logo = trimmed(await decoded(file));
  if (logo) return logo;
  throw new Fault('picture', `${file.name}: Nothing is seen of this picture, all of it is transparent.`, ADVICE);
}

async function decoded(file: File): Promise<AlphaPicture> {
  try {
    return await decodeWithAlpha(file, SIDE);
  } catch (cause) {
    if (cause instanceof Fault) throw new Fault(cause.kind, `${file.name}: ${cause.message}`, ADVICE);
    if (!(cause instanceof DOMException)) throw cause;
    throw new Fault('picture', `${file.name}: The file was moved or changed and can no longer be read.`, ADVICE);
  }
}
