import { describe, expect, it } from 'vitest';
import type { NamedFile } from '../../protocol/importing';
import { gather } from './gather';

async function paths(files: AsyncIterable<NamedFile>): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of files) found.push(path);
  return found;
}

/** A file as an `<input webkitdirectory>` gives it. */
function fromInput(relative: string): File {
  const file = new File(['x'], relative.split('/').at(-1) ?? '');
  Object.defineProperty(file, 'webkitRelativePath', { value: relative });
  return file;
}

describe('what was given', () => {
  it('through a folder input takes its name from the folder, which is no label', async () => {
    const { name, files, folders } = await gather([fromInput('Trip/cats/a.jpg'), fromInput('Trip/b.jpg')]);
    expect([name, folders.length]).toEqual(['Trip', 0]);
    expect(await paths(files)).toEqual(['cats/a.jpg', 'b.jpg']);
  });

  it('as loose files keeps their names', async () => {
    const { name, named, only, files } = await gather([new File(['x'], 'a.jpg'), new File(['x'], 'b.jpg')]);
    expect([name, named, only]).toEqual(['Pictures', false, null]);
    expect(await paths(files)).toEqual(['a.jpg', 'b.jpg']);
  });

  it('as one file alone says so, and a folder of one does not', async () => {
    const alone = await gather([new File(['x'], 'a.jpg')]);
    expect(alone.only?.name).toBe('a.jpg');
    expect(await gather(alone)).toBe(alone);
    expect(await gather([fromInput('Trip/a.jpg')])).toMatchObject({ only: null, named: true });
  });

  it('by a script keeps the paths it names', async () => {
    const { files } = await gather([{ path: 'cats/a.jpg', file: new File(['x'], 'a.jpg') }]);
    expect(await paths(files)).toEqual(['cats/a.jpg']);
  });

  it('as folder handles is left to the importer to walk', async () => {
    const root = await navigator.storage.getDirectory();
    const cats = await root.getDirectoryHandle('cats', { create: true });
    const dogs = await root.getDirectoryHandle('dogs', { create: true });
    const one = await gather(cats);
    expect([one.name, one.folders]).toEqual(['cats', [{ handle: cats, prefix: '' }]]);
    const both = await gather([cats, dogs]);
    expect([both.name, both.folders]).toEqual([
      'cats and 1 more',
      [
        { handle: cats, prefix: 'cats/' },
        { handle: dogs, prefix: 'dogs/' },
      ],
    ]);
    expect(await paths(both.files)).toEqual([]);
  });

  it('by a drop is taken out at once: the event’s data is empty afterwards', async () => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'a.jpg'));
    transfer.items.add('words', 'text/plain');
    const gathering = gather(transfer);
    transfer.items.clear();
    const { files } = await gathering;
    expect(await paths(files)).toEqual(['a.jpg']);
  });
});
