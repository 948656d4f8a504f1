import { describe, expect, test } from 'vitest';
import type { Precision, Preset } from '../core/config';
import { PRESETS, recipeFor } from '../core/presets';
import { compile } from '../engine/plan/lower/compile';
import { updatedInPlace } from '../engine/plan/lower/in_place';
import { bufferSizes } from '../engine/plan/memory/buffers';
import { NO_FUSIONS, SOFTWARE, type Tuning } from '../engine/plan/tune/tuning';
import { openMethod } from './methods/open';
import { TINY } from './tiny.testing';
import { madeViews } from './viewing/device';

/** The step of a method's run as commands. */
function stepOf(preset: Preset, precision: Precision, tuning: Tuning = SOFTWARE, { side, batch } = TINY) {
  const augmentation = recipeFor('natural', side, preset);
  const sizes = { side, batch, queue: 3 * batch, dim: 8 };
  const config = { ...TINY, ...PRESETS[preset], ...sizes, preset, augmentation, precision };
  const method = openMethod(config);
  const compiled = compile(
    method.program,
    tuning,
    method.corruption ? undefined : madeViews(method, config, 1.25 * side),
  );
  return { ...compiled, commands: updatedInPlace(compiled.commands) };
}

const total = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);

describe.each(Object.keys(PRESETS) as Preset[])('%s', (preset) => {
  test('keeps maps and filters in half where it is asked to, and nothing else', () => {
    for (const tuning of [SOFTWARE, { ...SOFTWARE, fuse: NO_FUSIONS }]) {
      const { commands, parts, outputs, constants, inputs, variables } = stepOf(preset, 'half', tuning);
      const halves = new Set(
        commands.flatMap((command) =>
          command.type === 'dispatch'
            ? Object.values(command.writes).flatMap(([slot]) => (slot.half ? [slot] : []))
            : [],
        ),
      );
      expect(halves.size).toBeGreaterThan(4);
      const filters = new Set([...parts.values()].map(({ of }) => of));
      // Sums of gradients and statistics, what is fed and read, and what the optimizer keeps.
      for (const slot of halves)
        expect(filters.has(slot) ? 'kept' : slot.home).toBe(filters.has(slot) ? 'kept' : 'pool');
      for (const { slot } of [...constants, ...inputs.values(), ...variables.values()]) expect(slot.half).toBe(false);
      for (const slot of outputs.values()) expect(slot.half).toBe(false);
    }
  });

  test('no buffer is copied into one of another precision, nor cut within a number of four bytes', () => {
    for (const tuning of [SOFTWARE, { ...SOFTWARE, fuse: NO_FUSIONS }])
      for (const command of stepOf(preset, 'half', tuning).commands) {
        if (command.type === 'dispatch') continue;
        expect(command.from.half).toBe(command.to.half);
        const lengths =
          command.type === 'copy' ? [command.fromOffset, command.toOffset, command.elements] : [command.row];
        for (const length of lengths) expect((length * command.to.elementBytes) % 4).toBe(0);
      }
  });

  test('takes less room where maps take most, and in full precision has no number of two bytes', () => {
    const larger = { ...TINY, side: 16, batch: 16 };
    const [full, half] = [stepOf(preset, 'full', SOFTWARE, larger), stepOf(preset, 'half', SOFTWARE, larger)];
    expect(total(bufferSizes(half))).toBeLessThan(0.9 * total(bufferSizes(full)));
    for (const command of full.commands)
      if (command.type === 'dispatch')
        for (const [slot] of [...Object.values(command.reads), ...Object.values(command.writes)])
          expect(slot.half).toBe(false);
  });
});
