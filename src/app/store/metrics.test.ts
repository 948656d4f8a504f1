import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../core/records';
import { Metrics } from './metrics';

const report = (step: number): StepReport => ({
  step,
  loss: step / 2,
  accuracy: step / 4,
  learningRate: step / 8,
  featureStd: step / 16,
  imagesPerSecond: step,
});
const reports = (from: number, to: number): StepReport[] =>
  Array.from({ length: to - from + 1 }, (_, i) => report(from + i));

describe('metrics', () => {
  it('give back what was put in, across every growth', () => {
    const metrics = new Metrics();
    metrics.append(reports(1, 5000));
    expect([metrics.first, metrics.last, metrics.length]).toEqual([1, 5000, 5000]);
    for (const step of [1, 1023, 1024, 1025, 2048, 2049, 5000]) expect(metrics.at('loss', step)).toBe(step / 2);
    expect(metrics.latest()).toEqual(report(5000));
    expect(metrics.at('loss', 0)).toBeNaN();
    expect(metrics.at('loss', 5001)).toBeNaN();
  });

  it('drop the oldest at capacity, and only those', () => {
    const metrics = new Metrics(64);
    metrics.append(reports(1, 100));
    expect([metrics.first, metrics.last, metrics.length]).toEqual([37, 100, 64]);
    for (let step = 37; step <= 100; step++) expect(metrics.at('featureStd', step)).toBe(step / 16);
  });

  it('forget the steps after a checkpoint that the run is taken up from', () => {
    const metrics = new Metrics();
    metrics.append(reports(1, 30));
    metrics.append([{ ...report(21), loss: -1 }]);
    expect(metrics.last).toBe(21);
    expect(metrics.at('loss', 21)).toBe(-1);
    expect(metrics.at('loss', 20)).toBe(10);
  });

  it('begin anew where steps are missing between: a gap is never drawn as a line', () => {
    const metrics = new Metrics();
    metrics.append(reports(1, 3));
    metrics.append(reports(10, 12));
    expect([metrics.first, metrics.length]).toEqual([10, 3]);
  });

  it('load a run’s past as steps 1, 2, 3 and go on behind it', () => {
    const column = Float32Array.of(0.5, 0.25, 0.125);
    const metrics = new Metrics();
    metrics.append(reports(1, 9));
    metrics.load({ loss: column, accuracy: column, learningRate: column, featureStd: column, imagesPerSecond: column });
    metrics.append([report(4)]);
    expect([1, 2, 3, 4].map((step) => metrics.at('loss', step))).toEqual([0.5, 0.25, 0.125, 2]);
  });

  it('load the newest steps of a past that is longer than the ring', () => {
    const column = Float32Array.from({ length: 100 }, (_, i) => i + 1);
    const metrics = new Metrics(64);
    metrics.load({ loss: column, accuracy: column, learningRate: column, featureStd: column, imagesPerSecond: column });
    metrics.append([report(101)]);
    expect([metrics.first, metrics.last]).toEqual([38, 101]);
    for (let step = 38; step <= 100; step++) expect(metrics.at('featureStd', step)).toBe(step);
  });

  it('tell apart what was added from what was rewritten', () => {
    const metrics = new Metrics();
    metrics.append(reports(1, 3));
    const before = metrics.rewritten;
    metrics.append(reports(4, 6));
    expect(metrics.rewritten).toBe(before);
    metrics.append(reports(5, 6));
    expect(metrics.rewritten).toBeGreaterThan(before);
  });

  it('tell of every change by a rising version', () => {
    const metrics = new Metrics();
    const versions: number[] = [];
    const stop = metrics.subscribe(() => versions.push(metrics.version));
    metrics.append(reports(1, 2));
    metrics.clear();
    stop();
    metrics.append(reports(1, 2));
    expect(versions).toEqual([1, 2]);
  });
});
