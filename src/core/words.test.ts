import { describe, expect, it } from 'vitest';
import type { Evaluation, Measure } from './records';
import { fillingSteps, guessingLoss, lossVerdict, type StepColumns } from './words';

const config = { queue: 256, batch: 32, symmetric: false, start: null };

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

  it('alarms within 20 steps of a full queue where pretrained weights tell nothing apart, and not where they do', () => {
    const pretrained = { ...config, start: { bundled: 'inception-v3' } } as const;
    const at = (last: number, off: number) =>
      lossVerdict(
        run(last, () => guessing - off),
        pretrained,
      );
    expect(at(28, 0).tone).toBe('plain');
    expect(at(29, 0)).toMatchObject({ tone: 'alarm', text: expect.stringContaining('nearly equal') });
    expect(at(29, 0.5).tone).toBe('plain');
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
