import type { WhyAnswer } from '../../../src/core/reading';
import { representationWords } from '../../../src/core/representation';
import { whySimilar } from '../../../src/evaluate/reading/why_similar';
import type { ReadingRequest } from '../../../src/protocol/reading';
import type { Context } from '../context';
import type { Task } from '../task';
import { heatMaps, placedMaps, placedRepresentation } from './heat';
import { openedWords, openWhose } from './represented';

/** Takes the similarity of two pictures apart by position, in the embedding that is searched with. */
export async function whyOf(
  context: Context,
  task: Task,
  { whose, first, second }: ReadingRequest<'why'>,
): Promise<WhyAnswer> {
  const opened = await openWhose(context, whose, 'why');
  try {
    const maps = await placedMaps(context, task, opened, [first, second]);
    const why = whySimilar(maps[0], maps[1]);
    const heat = await heatMaps(opened, [first, second], maps[0], [why.first, why.second]);
    const placed = placedRepresentation(opened);
    const remark =
      placed === opened.representation || !opened.run // the untrained encoder's is as it is placed
        ? null
        : `What is searched with is no sum over places of a picture. These maps take apart the similarity of ${representationWords(placed, opened.run.config.backbone, maps[0].dim)}.`;
    const about = openedWords(opened, maps[0].dim);
    const { similarity } = why;
    return { ...heat, run: whose.run, about, similarity, remark };
  } finally {
    opened.encoder.dispose();
  }
}
