import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PictureGrid } from './PictureGrid';
import { PictureTile } from './PictureTile';

// What a virtual list must not lose: the keyboard, the focus, the place.

const STYLE = `
  .grid-scroller { width: 500px; height: 400px; overflow-y: auto; }
  .grid-field { position: relative; }
  .grid-row { position: absolute; inset: 0 0 auto; display: grid; }
  .tile { aspect-ratio: 1; }
`;

let root: Root;
let chosen: number[];
let selected: number[];
let pressed: [string, number][];

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  document.body.innerHTML = `<style>${STYLE}</style><div id="here"></div>`;
  root = createRoot(document.getElementById('here') as HTMLElement);
  chosen = [];
  selected = [];
  pressed = [];
});

afterEach(() => act(() => root.unmount()));

async function show(count: number, reveal: number | null = null, rows: number[] | null = null): Promise<void> {
  await act(async () => {
    root.render(
      <PictureGrid
        label="Pictures"
        rows={rows}
        order={rows}
        count={count}
        growing={false}
        side={90}
        reveal={reveal}
        several={false}
        onChoose={(index) => chosen.push(index)}
        onSelect={(index) => selected.push(index)}
        onKey={(key, index) => pressed.push([key, index])}
      >
        {(row, index, active) => (
          <PictureTile
            key={index}
            row={row}
            index={index}
            path={`${row}.jpg`}
            url={undefined}
            active={active}
            selected={false}
            pinned={false}
            of={rows?.length ?? count}
            copies={0}
          />
        )}
      </PictureGrid>,
    );
  });
  await frames();
}

/** The observer of the size and the scroller answer between frames. */
const frames = (): Promise<void> =>
  act(async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  });

const tiles = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];
const scroller = () => document.querySelector('.grid-scroller') as HTMLElement;
const focused = () => (document.activeElement as HTMLElement).dataset.tile;

async function press(key: string): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  await frames();
}

test('of 100,000 pictures only those in sight exist, and all can be reached', async () => {
  await show(100_000);
  expect(tiles().length).toBeLessThan(80);
  expect(tiles()[0].getAttribute('aria-setsize')).toBe('100000');
  await act(async () => tiles()[0].focus());
  await press('End');
  expect(focused()).toBe('99999');
  const tile = document.activeElement?.getBoundingClientRect() as DOMRect;
  const view = scroller().getBoundingClientRect();
  expect(tile.bottom).toBeLessThanOrEqual(view.bottom + 1);
  expect(tile.top).toBeGreaterThanOrEqual(view.top - 1);
});

test('arrows move by the columns that are seen', async () => {
  await show(40);
  const columns = tiles().filter(
    (tile) => tile.offsetTop === 0 && tile.parentElement === tiles()[0].parentElement,
  ).length;
  await act(async () => tiles()[0].focus());
  await press('ArrowDown');
  expect(focused()).toBe(String(columns));
  await press('ArrowRight');
  await press('ArrowUp');
  expect(focused()).toBe('1');
});

test('a focused tile that is scrolled away keeps the focus, and the next key goes on from it', async () => {
  await show(5000);
  await act(async () => tiles()[3].focus());
  await act(async () => scroller().scrollTo({ top: 20_000 }));
  await frames();
  expect(focused()).toBe('3');
  await press('ArrowRight');
  expect(focused()).toBe('4');
  expect(scroller().scrollTop).toBeLessThan(400);
});

test('the place stays when pictures come in', async () => {
  await show(1000);
  await act(async () => scroller().scrollTo({ top: 3000 }));
  await frames();
  await show(2000);
  expect(scroller().scrollTop).toBe(3000);
});

test('a revealed tile comes into sight and is where Tab leads', async () => {
  await show(5000, 4321);
  const tile = tiles().find(({ dataset }) => dataset.tile === '4321');
  expect(tile?.tabIndex).toBe(0);
  expect(tile?.getBoundingClientRect().top).toBeLessThan(scroller().getBoundingClientRect().bottom);
});

test('Enter and a click choose, Space and the check select; other keys are told with their tile', async () => {
  await show(20);
  await act(async () => tiles()[5].focus());
  await press('Enter');
  await press(' ');
  await press('p');
  await act(async () => tiles()[7].click());
  await act(async () => tiles()[9].querySelector<HTMLElement>('[data-check]')?.click());
  expect(chosen).toEqual([5, 7]);
  expect(selected).toEqual([5, 9]);
  expect(pressed).toEqual([['p', 5]]);
});

test('a choice of rows is shown in its order, begins at the top, and is told by row', async () => {
  await show(1000);
  await act(async () => scroller().scrollTo({ top: 3000 }));
  await show(1000, null, [900, 7, 30]);
  expect(tiles().map(({ title }) => title)).toEqual(['900.jpg', '7.jpg', '30.jpg']);
  expect(scroller().scrollTop).toBe(0);
  await act(async () => tiles()[1].click());
  expect(chosen).toEqual([7]);
});

test('a narrower grid keeps the revealed tile where it was', async () => {
  await show(5000, 4321);
  const top = () =>
    tiles()
      .find(({ title }) => title === '4321.jpg')
      ?.getBoundingClientRect().top ?? Number.NaN;
  const was = top();
  await act(async () => scroller().style.setProperty('width', '260px'));
  await frames();
  expect(Math.abs(top() - was)).toBeLessThan(60);
});
