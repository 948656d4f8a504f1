import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { Boundary } from '../app/frame/Boundary';
import { LookalikeContext } from '../app/store/hooks';
import { patch } from '../app/store/store';
import { someDataset } from '../database/fixtures.testing';
import { App } from './App';
import { createLookalike } from './connect';

afterEach(() => vi.restoreAllMocks());

test('a view that cannot be drawn says so, saves a report without names of pictures, and can be reset', async () => {
  // React says what was thrown, too.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  document.body.innerHTML = '<div id="here"></div>';
  const lookalike = createLookalike();
  const dataset = someDataset({ name: 'Secret', count: 12 });
  const broken = null as unknown as [];
  patch(lookalike.store, 'library', { datasets: [dataset], current: 'set', ready: true, refusals: broken });
  const root = createRoot(document.getElementById('here') as HTMLElement, { onCaughtError: () => undefined });
  root.render(
    <LookalikeContext value={lookalike}>
      <Boundary>
        <App />
      </Boundary>
    </LookalikeContext>,
  );
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(name));
  await vi.waitFor(() => expect(document.body.textContent).toContain('This view could not be drawn.'), {
    timeout: 20_000,
  });

  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${saved.push(blob as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  button('Save a report')?.click();
  const text = await saved[0].text();
  expect(JSON.parse(text)).toMatchObject({ stack: expect.any(String), at: { phase: 'starting', session: 'idle' } });
  expect(text).not.toContain('Secret');

  button('Reset this view')?.click();
  await vi.waitFor(() => expect(button('Collections')).toBeDefined());
  expect(document.body.textContent).not.toContain('could not be drawn');
  root.unmount();
});
