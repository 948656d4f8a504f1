import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useActions, usePicture, useSelected } from '../../../app/store/hooks';
import type { ViewerSlice } from '../../../app/store/slices';
import { count, wholePercent } from '../../../core/amounts';
import { Icon } from '../../../widgets/Icon';
import { ModalDialog } from '../../../widgets/ModalDialog';
import { Facts } from './Facts';
import { LookAlikes } from './LookAlikes';
import { Stage, type StageZoom } from './Stage';
import { useOriginal } from './useOriginal';
import './viewer.css';

const STEP = 1.5;

interface ViewerProps {
  viewer: ViewerSlice;
  /** The labels that the picture can be given, by their keys too. */
  labels: ReactNode;
}

/** A picture in full size, with what is known of it, its labels, and the pictures most like it. */
export function Viewer({ viewer: { row, rows }, labels }: ViewerProps) {
  const { view, closeViewer } = useActions();
  const dataset = useSelected(({ library }) => library.current);
  const note = useSelected((state) => state.note);
  const picture = usePicture(row);
  const original = useOriginal(picture);
  const [failed, setFailed] = useState<string | null>(null);
  const [scale, setScale] = useState<number | null>(null);
  const [facts, showFacts] = useState(() => matchMedia('(min-width: 760px)').matches);
  const zoom = useRef<StageZoom>(null);
  const middle = useRef<HTMLElement>(null);
  const place = rows.indexOf(row);
  const go = useCallback(
    (by: -1 | 1) => {
      const next = place < 0 ? undefined : rows[place + by];
      if (next !== undefined) view(next);
    },
    [place, rows, view],
  );

  useEffect(() => middle.current?.focus(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement;
      if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowLeft') go(-1);
      else if (event.key === 'ArrowRight') go(1);
      else if (event.key === '+' || event.key === '=') zoom.current?.by(STEP);
      else if (event.key === '-') zoom.current?.by(1 / STEP);
      else if (event.key.toLowerCase() === 'f') zoom.current?.toggle();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [go]);

  const broken = failed !== null && failed === original.url;
  return (
    <ModalDialog
      title={picture?.path.split('/').at(-1) ?? '…'}
      className="viewer"
      onClose={closeViewer}
      tools={
        <>
          {place >= 0 && (
            <span className="small muted viewer-place">
              {count(place + 1)} of {count(rows.length)}
            </span>
          )}
          <button
            type="button"
            className="button quiet icon"
            aria-label="Zoom out"
            onClick={() => zoom.current?.by(1 / STEP)}
          >
            <Icon name="minus" />
          </button>
          <button
            type="button"
            className="button quiet figure viewer-scale"
            title="Whole picture or its own pixels (F)"
            onClick={() => zoom.current?.toggle()}
          >
            {scale === null ? '…' : wholePercent(scale)}
          </button>
          <button
            type="button"
            className="button quiet icon"
            aria-label="Zoom in"
            onClick={() => zoom.current?.by(STEP)}
          >
            <Icon name="plus" />
          </button>
          <button
            type="button"
            className="button quiet icon"
            aria-label="Details"
            aria-pressed={facts}
            onClick={() => showFacts(!facts)}
          >
            <Icon name="info" />
          </button>
        </>
      }
    >
      <section ref={middle} className="viewer-middle" tabIndex={-1} aria-label="Picture">
        {picture && (
          <Stage
            key={`${dataset} ${row}`}
            ref={zoom}
            size={picture}
            alt={picture.path}
            thumbnail={picture.damaged ? null : picture.url}
            original={broken ? null : original.url}
            onFailed={() => setFailed(original.url)}
            onScale={setScale}
          >
            <Turn label="Previous in the list" icon="back" able={place > 0} onTurn={() => go(-1)} />
            <Turn
              label="Next in the list"
              icon="next"
              able={place >= 0 && place < rows.length - 1}
              onTurn={() => go(1)}
            />
          </Stage>
        )}
        {facts && picture && <Facts picture={picture} original={original} failed={broken} />}
      </section>
      <div className="viewer-labels">
        {labels}
        {/* What the page says lies behind the dialog. */}
        <span className="small muted ellipsis" role="status">
          {note}
        </span>
      </div>
      <LookAlikes row={row} />
    </ModalDialog>
  );
}

interface TurnProps {
  label: string;
  icon: 'back' | 'next';
  able: boolean;
  onTurn(): void;
}

function Turn({ label, icon, able, onTurn }: TurnProps) {
  return (
    <button
      type="button"
      className={`button icon viewer-turn ${icon}`}
      aria-label={label}
      title={`${label} (${icon === 'back' ? '←' : '→'})`}
      disabled={!able}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={onTurn}
    >
      <Icon name={icon} />
    </button>
  );
}
