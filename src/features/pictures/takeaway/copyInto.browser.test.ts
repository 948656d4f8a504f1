import { expect, test } from 'vitest';
import { TargetFolder } from './copyInto';

test('files are copied below a folder, and nothing in it is replaced', async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(`copies ${Math.random()}`, { create: true });
  const text = async (path: string[], name: string): Promise<string> => {
    let at = folder;
    for (const one of path) at = await at.getDirectoryHandle(one);
    return (await (await at.getFileHandle(name)).getFile()).text();
  };
  await new TargetFolder(folder).write('owls/a.jpg', new Blob(['first']));
  const again = new TargetFolder(folder);
  await Promise.all([again.write('owls/A.jpg', new Blob(['second'])), again.write('b.jpg', new Blob(['third']))]);
  await again.write('owls/a.jpg', new Blob(['fourth']));
  expect(await text(['owls'], 'a.jpg')).toBe('first');
  expect(await text(['owls'], 'A (2).jpg')).toBe('second');
  expect(await text(['owls'], 'a (3).jpg')).toBe('fourth');
  expect(await text([], 'b.jpg')).toBe('third');
  await root.removeEntry(folder.name, { recursive: true });
});
