import { describe, expect, it } from 'vitest';
import { Fault } from '../core/fault';
import { guarded, storageFault } from './failure';

describe('what the browser refuses', () => {
  it.each([
    ['QuotaExceededError', /storage for this page is full: saving was stopped/, /Delete a collection/],
    ['InvalidStateError', /closed by another tab/, /Reload/],
    ['UnknownError', /could not finish saving/, /disk/],
    ['AbortError', /could not finish saving/, /disk/],
  ])('%s is a fault with advice', (name, message, advice) => {
    const fault = storageFault(new DOMException('it said', name), 'saving');
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).kind).toBe('storage');
    expect((fault as Fault).message).toMatch(message);
    expect((fault as Fault).advice).toMatch(advice);
  });

  it('passes bugs and faults on unchanged', async () => {
    for (const cause of [new TypeError('bug'), new Fault('busy', 'Busy.')])
      await expect(guarded('saving', () => Promise.reject(cause))).rejects.toBe(cause);
  });
});
