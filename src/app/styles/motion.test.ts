import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Blocks of a style sheet for users who asked for less motion. */
const CALM = /@media \(prefers-reduced-motion: reduce\) \{[\s\S]*?\n\}/g;

test('nothing moves for a user who asked for less motion', () => {
  const moving = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .filter((name) => {
      const css = readFileSync(`src/${name}`, 'utf8');
      // A transition takes its time from the tokens, which are 0 then; an animation is switched off.
      const timed = (css.match(/transition:[^;]*;/g) ?? []).some((rule) => !/var\(--(quick|calm)\)/.test(rule));
      const animated = /animation:/.test(css) && !/animation: none/.test(css.match(CALM)?.join('') ?? '');
      return timed || animated;
    });
  expect(moving).toEqual([]);
});
