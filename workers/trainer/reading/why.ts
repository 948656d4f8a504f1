import { representationWords } from '../../../src/core/representation';
import { whySimilar } from '../../../src/evaluate/reading/why_similar';
import type { ReadingWish } from '../../../src/protocol/reading';
import type { Context } from '../context';
import type { Errand } from '../errand';
import { heatMaps, placedMaps, placedRepresentation } from './heat';
import { openedWords, openWhose } from './represented';

/** Takes the similarity of two pictures apart by position, in the embedding that is searched with. */
export async function tellWhy(
  context: Context,
  errand: Errand,
  { whose, first, second }: Extract<ReadingWish, { kind: 'why' }>,
): Promise<void> {
  const opened = await openWhose(context, whose, 'why');
  try {
    const maps = await placedMaps(context, errand, opened, [first, second]);
    const why = whySimilar(maps[0], maps[1]);
    const heat = await heatMaps(opened, [first, second], maps[0], [why.first, why.second]);
    const placed = placedRepresentation(opened);
    const remark =
      placed === opened.representation || !opened.run // the untrained encoder's is as it is placed
        ? null
        : `What is searched with is no sum over places of a picture. These maps take apart the similarity of ${representationWords(placed, opened.run.config.backbone, maps[0].dim)}.`;
    const about = openedWords(opened, maps[0].dim);
    const { similarity } = why;
    context.page.send({
      type: 'reading',
      answer: { kind: 'why', why: { ...heat, run: whose.run, about, similarity, remark } },
    });
  } finally {
    opened.encoder.dispose();
  }
}
