import type { WhyAnswer } from '../../../src/core/interpretation';
import { representationWords } from '../../../src/core/representation';
import { loadEmbeddings } from '../../../src/database/embeddings';
import { whySimilar, without } from '../../../src/evaluate/interpretation/why_similar';
import type { InterpretationRequest } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import type { Task } from '../task';
import { heatMaps, placedMaps, placedRepresentation } from './heat';
import { openedWords, openWhose } from './represented';

/** Takes the similarity of two pictures apart by position, in the embedding that is searched with. */
export async function whyOf(
  context: Context,
  task: Task,
  { whose, first, second, stored }: InterpretationRequest<'why'>,
): Promise<WhyAnswer> {
  const opened = await openWhose(context, whose, 'why');
  try {
    const maps = await placedMaps(context, task, opened, [first, second]);
    const mean = stored === null ? null : await meanEmbedding(context, whose.dataset, stored, maps[0].dim);
    const [one, other] = mean ? maps.map((map) => without(map, mean)) : maps;
    const why = whySimilar(one, other);
    const heat = await heatMaps(opened, [first, second], maps[0], [why.first, why.second]);
    const placed = placedRepresentation(opened);
    const remark =
      placed === opened.representation || !opened.run // the untrained encoder's is as it is placed
        ? null
        : `What is searched with cannot be traced back to places in the picture. These maps take apart the similarity of ${representationWords(placed, opened.run.config.backbone, maps[0].dim)}.`;
    const about = openedWords(opened, maps[0].dim);
    const { similarity } = why;
    const margin = opened.encoder.source.side / opened.side;
    return { ...heat, margin, centred: mean !== null, run: whose.run, about, similarity, remark };
  } finally {
    opened.encoder.dispose();
  }
}

/** Mean of the stored embeddings [count, dim]; null where there are none of this width. */
async function meanEmbedding(
  { db }: Context,
  dataset: string,
  stored: string,
  dim: number,
): Promise<Float64Array | null> {
  const table = await loadEmbeddings(db, dataset, stored);
  if (table?.dim !== dim) return null;
  const mean = new Float64Array(dim);
  for (let at = 0; at < table.values.length; at++) mean[at % dim] += table.values[at] / table.count;
  return mean;
}
