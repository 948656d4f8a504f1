import { describe, expect, it } from 'vitest';
import type { RecipeName } from './config';
import type { Evaluation, Measure } from './records';
import { baselineVerdicts, fillingSteps, guessingLoss, lossVerdict, type StepColumns } from './words';

const config = { queue: 256, batch: 32, symmetric: false };

/** A run of so many steps whose columns follow the step. */
const run = (last: number, loss: (step: number) => number, { accuracy = 0.5, featureStd = 0.9 } = {}): StepColumns => ({
  first: 1,
  last,
  length: last,
  at: (column, step) => ({ loss: loss(step), accuracy, featureStd })[column],
});
const measured = (name: Measure['name'], value: number, queries?: number): Measure => ({
  name,
  value,
  queries,
  protocol: '',
});
const evaluation = (of: Evaluation['of'], step: number, ...measures: Measure[]): Evaluation => ({ of, step, measures });
const guessing = Math.log(257);

describe('what the loss means', () => {
  it('knows when the queue is full, and what guessing costs', () => {
    expect(fillingSteps(config)).toBe(8);
    expect(fillingSteps({ ...config, symmetric: true })).toBe(4);
    expect(guessingLoss(config)).toBe(guessing);
  });

  it('is nothing before the first step', () => {
    expect(
      lossVerdict(
        run(0, () => 0),
        config,
      ).text,
    ).toContain('first step');
    expect(
      lossVerdict(
        run(5, () => 1),
        null,
      ).tone,
    ).toBe('plain');
  });

  it('calls a rise normal while the queue fills, and a high loss right after', () => {
    expect(
      lossVerdict(
        run(7, (step) => step),
        config,
      ).text,
    ).toContain('a rising loss is normal');
    const soon = lossVerdict(
      run(60, () => guessing - 0.01),
      config,
    );
    expect(soon).toMatchObject({ tone: 'plain', text: expect.stringContaining('should fall soon') });
  });

  it.each([
    ['Falling', (step: number) => 4 - step / 500],
    ['Nearly level', () => 2],
    ['Rising', (step: number) => 2 + step / 500],
  ])('says %s, which is neither good nor bad news of search', (word, loss) => {
    expect(lossVerdict(run(400, loss), config)).toMatchObject({ tone: 'plain', text: expect.stringContaining(word) });
  });

  it('does not take the rise of the filling queue for a rise of the loss', () => {
    const loss = (step: number) => (step <= 8 ? step / 2 : 4 - step / 100);
    expect(lossVerdict(run(60, loss), config).text).toContain('Falling');
    expect(lossVerdict(run(30, loss), config).text).toContain('The queue is full');
  });

  it('alarms at a collapse: guessing with projections that are all alike, 300 steps after the filling', () => {
    const at = (last: number, featureStd: number, off = 0.05) =>
      lossVerdict(
        run(last, () => guessing - off, { featureStd }),
        config,
      ).tone;
    expect(at(309, 0.1)).toBe('alarm');
    expect(at(308, 0.1)).toBe('plain');
    expect(at(309, 0.3)).toBe('plain');
    expect(at(309, 0.1, 0.2)).not.toBe('alarm');
  });

  it('alarms at a shortcut: matched in training, frozen views no better than at first', () => {
    const views = (...values: number[]) =>
      values.map((value, i) => evaluation('run', i * 100, measured('two-view R@1', value, 500)));
    const at = (accuracy: number, ...values: number[]) =>
      lossVerdict(
        run(400, () => 0.1, { accuracy }),
        config,
        views(...values),
      ).tone;
    expect(at(0.99, 0.3, 0.31)).toBe('alarm');
    expect(at(0.99, 0.3, 0.6)).not.toBe('alarm'); // it rose
    expect(at(0.9, 0.3, 0.31)).not.toBe('alarm');
    expect(at(0.99, 0.97, 0.97)).not.toBe('alarm'); // nothing left to rise
    expect(at(0.99, 0.3)).not.toBe('alarm');
  });
});

describe('the run beside what needs no learning', () => {
  const ours = evaluation('run', 400, measured('two-view R@1', 0.9, 500), measured('kNN', 0.6, 1000));

  it('names what does better first, then what cannot be told apart, then what is beaten', () => {
    const verdicts = baselineVerdicts(ours, [
      evaluation('raw pixels', 0, measured('kNN', 0.4, 1000)),
      evaluation('untrained encoder', 0, measured('kNN', 0.59, 1000)),
      evaluation('colour histogram', 0, measured('kNN', 0.9, 1000)),
    ]);
    expect(verdicts.map(({ tone }) => tone)).toEqual(['alarm', 'plain', 'good']);
    expect(verdicts[0].text).toMatch(
      /^Colour alone does better on these pictures so far: kNN 60\.0 % against 90\.0 %\./,
    );
    expect(verdicts[1].text).toBe('Not distinguishable from the untrained encoder so far: kNN 60.0 % against 59.0 %.');
    expect(verdicts[2].text).toBe('Clearly better than comparing raw pixels: kNN 60.0 % against 40.0 %.');
  });

  it('says of a network what it has seen where that is known, and of a file of the user what can be done with it', () => {
    const [bundled, own] = (['pretrained inception-v3', 'pretrained mine.safetensors'] as const).map(
      (of) => baselineVerdicts(ours, [evaluation(of, 0, measured('kNN', 0.9, 1000))])[0].text,
    );
    expect(bundled).toContain('Pretrained InceptionV3 does better');
    expect(bundled).toContain('a million labelled photographs');
    expect(own).toContain('Pretrained mine.safetensors does better');
    expect(own).not.toContain('million');
    expect(own).toContain('start a run from this file');
  });

  it('needs more queries to tell the same difference', () => {
    const tone = (queries: number) =>
      baselineVerdicts(evaluation('run', 1, measured('kNN', 0.6, queries)), [
        evaluation('raw pixels', 0, measured('kNN', 0.5, queries)),
      ])[0].tone;
    expect([50, 1000].map(tone)).toEqual(['plain', 'good']);
  });

  it('compares frozen views where there are no labels, and nothing where nothing was measured', () => {
    const untrained = evaluation('untrained encoder', 0, measured('two-view R@1', 0.5, 500));
    expect(baselineVerdicts(ours, [untrained])[0].text).toContain('two-view R@1 90.0 % against 50.0 %');
    expect(baselineVerdicts(ours, [evaluation('raw pixels', 0, measured('RankMe', 3))])).toEqual([]);
    expect(baselineVerdicts(undefined, [untrained])).toEqual([]);
  });

  it('says nothing of frozen views drawn by another recipe, nor a shortcut of what changed with the recipe', () => {
    const viewed = (of: Evaluation['of'], value: number, recipe?: RecipeName) =>
      evaluation(of, 0, { ...measured('two-view R@1', value, 500), ...(recipe && { recipe }) });
    const said = (theirs?: RecipeName) =>
      baselineVerdicts(viewed('run', 0.9, 'overhead'), [viewed('untrained encoder', 0.5, theirs)]).length;
    expect([said('overhead'), said('natural'), said()]).toEqual([1, 0, 0]);
    const matched = run(400, () => 0.1, { accuracy: 0.99 });
    expect(lossVerdict(matched, config, [viewed('run', 0.4), viewed('run', 0.3, 'natural')]).tone).not.toBe('alarm');
  });
});
