import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../core/records';
import { StepReports } from './stepReports';

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

describe('stepReports', () => {
  it('give back what was put in, across every growth', () => {
    const stepReports = new StepReports();
    stepReports.append(reports(1, 5000));
    expect([stepReports.first, stepReports.last, stepReports.length]).toEqual([1, 5000, 5000]);
    for (const step of [1, 1023, 1024, 1025, 2048, 2049, 5000]) expect(stepReports.at('loss', step)).toBe(step / 2);
    expect(stepReports.latest()).toEqual(report(5000));
    expect(stepReports.at('loss', 0)).toBeNaN();
    expect(stepReports.at('loss', 5001)).toBeNaN();
  });

  it('drop the oldest at capacity, and only those', () => {
    const stepReports = new StepReports(64);
    stepReports.append(reports(1, 100));
    expect([stepReports.first, stepReports.last, stepReports.length]).toEqual([37, 100, 64]);
    for (let step = 37; step <= 100; step++) expect(stepReports.at('featureStd', step)).toBe(step / 16);
  });

  it('forget the steps after a checkpoint that the run is taken up from', () => {
    const stepReports = new StepReports();
    stepReports.append(reports(1, 30));
    stepReports.append([{ ...report(21), loss: -1 }]);
    expect(stepReports.last).toBe(21);
    expect(stepReports.at('loss', 21)).toBe(-1);
    expect(stepReports.at('loss', 20)).toBe(10);
  });

  it('begin anew where steps are missing between: a gap is never drawn as a line', () => {
    const stepReports = new StepReports();
    stepReports.append(reports(1, 3));
    stepReports.append(reports(10, 12));
    expect([stepReports.first, stepReports.length]).toEqual([10, 3]);
  });

  it('load a run’s past as steps 1, 2, 3 and go on behind it', () => {
    const column = Float32Array.of(0.5, 0.25, 0.125);
    const stepReports = new StepReports();
    stepReports.append(reports(1, 9));
    stepReports.load({
      loss: column,
      accuracy: column,
      learningRate: column,
      featureStd: column,
      imagesPerSecond: column,
    });
    stepReports.append([report(4)]);
    expect([1, 2, 3, 4].map((step) => stepReports.at('loss', step))).toEqual([0.5, 0.25, 0.125, 2]);
  });

  it('load the newest steps of a past that is longer than the ring', () => {
    const column = Float32Array.from({ length: 100 }, (_, i) => i + 1);
    const stepReports = new StepReports(64);
    stepReports.load({
      loss: column,
      accuracy: column,
      learningRate: column,
      featureStd: column,
      imagesPerSecond: column,
    });
    stepReports.append([report(101)]);
    expect([stepReports.first, stepReports.last]).toEqual([38, 101]);
    for (let step = 38; step <= 100; step++) expect(stepReports.at('featureStd', step)).toBe(step);
  });

  it('tell apart what was added from what was rewritten', () => {
    const stepReports = new StepReports();
    stepReports.append(reports(1, 3));
    const before = stepReports.rewritten;
    stepReports.append(reports(4, 6));
    expect(stepReports.rewritten).toBe(before);
    stepReports.append(reports(5, 6));
    expect(stepReports.rewritten).toBeGreaterThan(before);
  });

  it('tell of every change by a rising version', () => {
    const stepReports = new StepReports();
    const versions: number[] = [];
    const stop = stepReports.subscribe(() => versions.push(stepReports.version));
    stepReports.append(reports(1, 2));
    stepReports.clear();
    stop();
    stepReports.append(reports(1, 2));
    expect(versions).toEqual([1, 2]);
  });
});
