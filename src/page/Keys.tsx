import { Fragment } from 'react';
import { ModalDialog } from '../widgets/ModalDialog';

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Anywhere',
    [
      ['/', 'Search by file name or label'],
      ['?', 'These keys'],
      ['Ctrl Z', 'Undo the last label, or what was set aside; with Shift redo it'],
      ['Escape', 'Clear the search, end the selection, close the chosen picture'],
    ],
  ],
  [
    'In the pictures',
    [
      ['Arrows', 'Move; Page Up, Page Down, Home and End too'],
      ['Enter', 'Open a picture and those like it; once more, enlarged'],
      ['Space', 'Select it, with Shift all up to it'],
      ['1 to 9', 'Give it, or the selected ones, that label; 0 takes the label away'],
      ['X', 'Set it, or the selected ones, aside; or restore them'],
      ['P', 'Pin it: its neighbours are watched while a model trains'],
    ],
  ],
  [
    'Enlarged',
    [
      ['← →', 'The picture before, the next one'],
      ['+ -', 'Closer, further; F shows all of it, or its own pixels'],
      ['1 to 9', 'Give it that label, and go on to the next; X sets it aside'],
      ['Escape', 'Close'],
    ],
  ],
  [
    'In the similar pictures',
    [
      ['Enter', 'Open that one; Back leads to the one before'],
      ['+', 'More like this one: it becomes an example'],
      ['-', 'Less like this one'],
      ['W', 'Why it is similar'],
    ],
  ],
];

export function Keys({ onClose }: { onClose(): void }) {
  return (
    <ModalDialog title="Keyboard" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing that Tab could reach. */}
      <section className="dialog-body keys" aria-label="Keys" tabIndex={0}>
        {KEYS.map(([where, keys]) => (
          <Fragment key={where}>
            <h3>{where}</h3>
            <dl>
              {keys.map(([key, words]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </Fragment>
        ))}
      </section>
    </ModalDialog>
  );
}
