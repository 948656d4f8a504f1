import { describe, expect, it } from 'vitest';
import type { Alteration, SubjectReport } from '../sensitivity';
import { beatenRemark, sensitivityMarkdown } from './sensitivity';

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
    verdicts: [
      { holds: true, text: '' },
      { holds: false, text: '' },
    ],
  };
}

describe("the lab's table", () => {
  const reports = [report('a|b', [0.01, 0.5], [0.2, 0.3], 0.8), report('c', [0.06, 0.39], [0.1, 0], 0.5)];
  const [heads, , small, large, same, kept] = sensitivityMarkdown(reports, ['small', 'large'], 'so').split('\n');

  it('marks each value that is not what is wanted, and no other', () => {
    expect(small).toBe('| small | ≤ 0.05, ≤ 10 % | 0.01, 20 % ✗ | 0.06 ✗, 10 % |');
    expect(large).toBe('| large | ≥ 0.40 | 0.50, 30 % | 0.39 ✗, 0 % |');
    expect(same).toBe('| same logo found first | ≥ 70 % | 80 % (chance 13 %) | 50 % ✗ (chance 13 %) |');
    expect(kept).toBe('| requirements kept |  | 1 of 2 | 1 of 2 |');
  });

  it('takes nothing in a name for a border', () => {
    expect(heads).toBe('| altered by | wanted | a\\|b | c |');
  });
});

describe('what is said of runs that learned for nothing', () => {
  const keeping = (subject: SubjectReport['subject'], title: string, keeps: number): SubjectReport => ({
    ...report(title, [0, 0], [0, 0], 0),
    subject,
    verdicts: [0, 1, 2].map((i) => ({ holds: i < keeps, text: '' })),
  });
  const pixels = keeping('raw pixels', 'Raw pixels', 2);
  const colours = keeping('colour histogram', 'Colour histogram', 1);
  const network = keeping({ network: 'mobilenet-v2', address: '' }, 'MobileNetV2, pretrained', 0);

  it('names every one of them beside the best that needs no learning, in the table too', () => {
    const reports = [keeping({ run: 'a' }, 'A', 0), keeping({ run: 'b' }, 'B', 1), colours, pixels, network];
    const words = (mark: string): string =>
      `Raw pixels: 2 of 3 requirements are kept, without any learning; by A (${mark}0) and B (1).`;
    expect(beatenRemark(reports, 'a')).toBe(words('this run: '));
    expect(sensitivityMarkdown(reports, ['small', 'large'], 'so').split('\n')[0]).toBe(`- ${words('')}`);
  });

  it('is nothing where runs keep as much, and of what is no run', () => {
    expect(beatenRemark([keeping({ run: 'a' }, 'A', 2), pixels, network], 'a')).toBeNull();
    expect(beatenRemark([keeping({ run: 'a' }, 'A', 0), network], 'a')).toBeNull();
  });
});
