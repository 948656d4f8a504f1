import { describe, expect, it } from 'vitest';
import { Forgotten } from './forgotten';

describe('work on a data set that is deleted', () => {
  it('ends at its next look, without a word', async () => {
    const forgotten = new Forgotten();
    let looks = 0;
    await forgotten.spare('a', async (gone) => {
      for (;;) {
        gone.throwIfAborted();
        if (++looks === 3) forgotten.add('a');
        await Promise.resolve();
      }
    });
    expect(looks).toBe(3);
  });

  it('keeps to itself what it misses then, and does not begin again', async () => {
    const forgotten = new Forgotten();
    const missing = async (): Promise<void> => {
      forgotten.add('a');
      throw new Error('Pixels are missing');
    };
    await forgotten.spare('a', missing);
    await forgotten.spare('a', () => Promise.reject(new Error('Begun again')));
  });

  it('says everything that goes wrong with the others', async () => {
    const forgotten = new Forgotten();
    forgotten.add('a');
    await expect(forgotten.spare('b', () => Promise.reject(new Error('Full')))).rejects.toThrow('Full');
  });
});
