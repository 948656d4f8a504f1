import { expect, test } from 'vitest';
import { startOptions } from './start';

test('port and browser are chosen by options', () => {
  expect(startOptions(['--no-open', '--port', '4791'])).toEqual({ port: 4791, open: false });
  expect(startOptions([])).toEqual({ port: 4790, open: true });
});

test.each([['--port', 'many'], ['--port', '70000'], ['--prot', '1'], ['stray']])(
  'what makes no sense is one sentence: %s %s',
  (...args) => {
    expect(() => startOptions(args)).toThrow(expect.objectContaining({ name: 'Complaint' }));
  },
);
