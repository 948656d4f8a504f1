import { count } from '../../../core/amounts';
import { type BlindTest, isOver, type Side } from '../../../core/blind_test';
import { blindOutcome, shareRange } from './outcome';

/**
 * What blind tests say of one encoder, a line each: 'Blind test against InceptionV3: preferred in 7 of 9 (40 % to 97 %)'.
 * Of a test that is not over it says how far it is, not how it stands.
 */
export function blindTestLines(
  tests: readonly BlindTest[],
  encoder: string,
  encoders: readonly { id: string; name: string }[],
  embedded: { get(id: string): number | undefined },
): string[] {
  return tests.flatMap((test) => {
    const side = test.encoders.findIndex(({ id }) => id === encoder);
    if (side < 0) return [];
    const other = encoders.find(({ id }) => id === test.encoders[1 - side].id);
    return other
      ? [`Blind test against ${other.name}: ${found(test, side as Side)}${staleness(test, encoders, embedded)}`]
      : [];
  });
}

function found(test: BlindTest, side: Side): string {
  if (!isOver(test)) return `${test.answers.length} of ${test.goal} answered`;
  const { wins, interval, leader } = blindOutcome(test);
  if (!interval) return 'both as good every time';
  // The interval is of the leader's share: of the other one it is what is left.
  const { low, high } = interval;
  const ours = leader === null || leader === side ? interval : { low: 1 - high, high: 1 - low };
  return `preferred in ${wins[side]} of ${wins[0] + wins[1]} (${shareRange(ours)})`;
}

/** ', InceptionV3 at step 200' of embeddings that are others by now. */
function staleness(
  { encoders: tested }: BlindTest,
  encoders: readonly { id: string; name: string }[],
  embedded: { get(id: string): number | undefined },
): string {
  const stale = tested.filter(({ id, step }) => embedded.get(id) !== step);
  const nameOf = (of: string): string => encoders.find(({ id }) => id === of)?.name ?? of;
  return stale.map(({ id, step }) => `; ${nameOf(id)} as of step ${count(step)}`).join('');
}
