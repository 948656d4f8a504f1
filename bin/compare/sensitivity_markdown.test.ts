import { describe, expect, it } from 'vitest';
import type { Alteration, SubjectReport } from '../../src/core/sensitivity';
import { sensitivityMarkdown } from './sensitivity_markdown';

const ALTERATIONS: Alteration[] = [
  { kind: 'logo', share: 0.02 },
  { kind: 'logo', share: 0.3 },
];

function report(title: string, far: number[], moved: number[], sameLogo: number): SubjectReport {
  return {
    subject: 'raw pixels',
    title,
    dim: 4,
    results: ALTERATIONS.map((alteration, i) => ({ alteration, distance: far[i], moved: moved[i] })),
    sameLogo,
    chance: 0.125,
  };
}

describe("the lab's table", () => {
  const reports = [report('a|b', [0.01, 0.5], [0.2, 0.3], 0.8), report('c', [0.06, 0.39], [0.1, 0], 0.5)];
  const [heads, , small, large, same, kept] = sensitivityMarkdown(reports, ['small', 'large'], 'so').split('\n');

  it('marks each value that is not what is wanted, and no other', () => {
    expect(small).toBe('| small | ≤ 0.05, ≤ 10 % | 0.01, 20 % ✗ | 0.06 ✗, 10 % |');
    expect(large).toBe('| large | ≥ 0.40 | 0.50, 30 % | 0.39 ✗, 0 % |');
    expect(same).toBe('| same logo found first | ≥ 70 % | 80 % (chance 13 %) | 50 % ✗ (chance 13 %) |');
    expect(kept).toBe('| requirements kept |  | 3 of 4 | 1 of 4 |');
  });

  it('takes nothing in a name for a border', () => {
    expect(heads).toBe('| altered by | wanted | a\\|b | c |');
  });
});
