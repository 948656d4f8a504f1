import { describe, expect, it } from 'vitest';
import { Forgotten } from './forgotten';

const aborted = { name: 'AbortError' };

describe('work on a data set that is deleted', () => {
  it('ends at its next look', async () => {
    const forgotten = new Forgotten();
    let looks = 0;
    const work = forgotten.spare('a', async (ended) => {
      for (;;) {
        ended.throwIfAborted();
        if (++looks === 3) forgotten.add('a');
        await Promise.resolve();
      }
    });
    await expect(work).rejects.toMatchObject(aborted);
    expect(looks).toBe(3);
  });

  it('keeps to itself what it misses then, and does not begin again', async () => {
    const forgotten = new Forgotten();
    const missing = async (): Promise<void> => {
      forgotten.add('a');
      throw new Error('Pixels are missing');
    };
    await expect(forgotten.spare('a', missing)).rejects.toMatchObject(aborted);
    await expect(forgotten.spare('a', () => Promise.reject(new Error('Begun again')))).rejects.toMatchObject(aborted);
  });

  it('says everything that goes wrong with the others', async () => {
    const forgotten = new Forgotten();
    forgotten.add('a');
    await expect(forgotten.spare('b', () => Promise.reject(new Error('Full')))).rejects.toThrow('Full');
  });
});
