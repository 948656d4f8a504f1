import { expect, test } from 'vitest';
import { Originals } from './originals';

/** A folder as browsers hand it out; `state`: whether it may be read, which asking allows. */
function folder(files: Record<string, File>, state: PermissionState = 'granted'): FileSystemDirectoryHandle {
  let now = state;
  const below = (prefix: string): object => ({
    getDirectoryHandle: async (name: string) => below(`${prefix}${name}/`),
    getFileHandle: async (name: string) => {
      const file = files[prefix + name];
      if (!file) throw new DOMException('none', 'NotFoundError');
      return { getFile: async () => file };
    },
    queryPermission: async () => now,
    requestPermission: async () => {
      if (now === 'prompt') now = 'granted';
      return now;
    },
  });
  return below('') as FileSystemDirectoryHandle;
}

const file = (text: string): File => new File([text], 'a.jpg');
const wanted = { path: 'cats/a.jpg', copies: ['b.jpg'], fileBytes: 3 };
const nowhere = async (): Promise<[]> => [];

test('a file given at this visit is found by its path or by a copy, in its own data set', async () => {
  const originals = new Originals(nowhere);
  const given = new Map<string, File>();
  originals.keep('one', given);
  expect(await originals.find('one', wanted)).toBe(null);
  given.set('b.jpg', file('abc'));
  expect(await originals.find('one', wanted)).toBe(given.get('b.jpg'));
  given.set('cats/a.jpg', file('ABC'));
  expect(await originals.find('one', wanted)).toBe(given.get('cats/a.jpg'));
  expect(await originals.find('two', wanted)).toBe(null);
});

test('a file of another size is not the one that was imported', async () => {
  const originals = new Originals(async () => [{ handle: folder({ 'b.jpg': file('abc') }), prefix: '' }]);
  originals.keep('one', new Map([['cats/a.jpg', file('changed')]]));
  expect(await ((await originals.find('one', wanted)) as File).text()).toBe('abc');
});

test('a kept folder is asked for in a click alone, and its paths begin with its name where it was one of several', async () => {
  const handle = folder({ 'a.jpg': file('abc') }, 'prompt');
  const originals = new Originals(async () => [{ handle, prefix: 'cats/' }]);
  expect(await originals.find('one', wanted)).toBe('ask');
  expect(await originals.find('one', wanted, true)).toBeInstanceOf(File);
  expect(await originals.find('one', wanted)).toBeInstanceOf(File);
  const denied = new Originals(async () => [{ handle: folder({}, 'denied'), prefix: '' }]);
  expect(await denied.find('one', wanted, true)).toBe(null);
});
