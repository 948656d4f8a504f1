import type { ReadingWish } from '../../../src/protocol/reading';
import type { Context } from '../context';
import { type Errand, Stopped } from '../errand';
import { tellDimensions, tellFiring } from './dimensions';
import { representRun } from './represent';
import { trySensitivity } from './sensitivity';
import { tellWhy } from './why';

/** Does what is wished, and says at the end that it is over, however it ended. */
export async function read(context: Context, errand: Errand, wish: ReadingWish): Promise<void> {
  try {
    await fulfil(context, errand, wish);
  } catch (cause) {
    if (!(cause instanceof Stopped)) throw cause;
  } finally {
    context.page.send({ type: 'reading', answer: { kind: 'over', of: wish.kind } });
  }
}

async function fulfil(context: Context, errand: Errand, wish: ReadingWish): Promise<void> {
  switch (wish.kind) {
    case 'sensitivity':
      return trySensitivity(context, errand, wish);
    case 'represent':
      return representRun(context, errand, wish);
    case 'dimensions':
      return tellDimensions(context, errand, wish);
    case 'firing':
      return tellFiring(context, errand, wish);
    case 'why':
      return tellWhy(context, errand, wish);
  }
}
