import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useSize } from '../../../widgets/zoom/useSize';
import { useZoomPointer } from '../../../widgets/zoom/useZoomPointer';
import { type Size, type Viewport, whole, within } from '../../../widgets/zoom/zoom';

/** Pixels of the screen that one of the picture takes at most, or so many times what it takes as a whole. */
const CLOSEST = 16;
const TIMES = 4;
/** Zoomed in so far, each pixel is seen as one. */
const PIXELS = 4;

export interface StageZoom {
  /** By a factor, around the middle. */
  by(factor: number): void;
  /** All of the picture, or where that is seen already, each pixel as one of the screen. */
  toggle(): void;
}

interface StageProps {
  /** Of the picture, in its own pixels. */
  size: Size;
  alt: string;
  /** Shown at once, and until the original is there; null: there is none. */
  thumbnail: string | null;
  original: string | null;
  ref: Ref<StageZoom>;
  /** The browser cannot show the original. */
  onFailed(): void;
  /** Pixels of the screen that one of the picture takes; null while that is not known. */
  onScale(scale: number | null): void;
  /** Lies on it. */
  children: ReactNode;
}

/** A picture that is moved and zoomed, in all of its place. Another one begins whole. */
export function Stage({ size, alt, thumbnail, original, ref, onFailed, onScale, children }: StageProps) {
  const field = useRef<HTMLDivElement>(null);
  const place = useSize(field);
  /** null: all of the picture, whatever the size of its place. */
  const [chosen, setChosen] = useState<Viewport | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  const fit = place.width > 0 ? whole(size, place) : null;
  const most = fit ? Math.max(CLOSEST, TIMES * fit.scale) : CLOSEST;
  const view = chosen ? within(chosen, size, place) : fit;

  const pointer = useZoomPointer({
    field,
    most,
    onView: (change) =>
      setChosen((before) => {
        if (!fit) return null;
        const wanted = change(before ? within(before, size, place) : fit);
        return wanted.scale <= fit.scale ? null : within(wanted, size, place);
      }),
  });
  const middle = { x: place.width / 2, y: place.height / 2 };
  const by = (factor: number, around = middle): void => pointer.zoom(factor, around);
  const toggle = (around = middle): void => {
    if (!view || !fit) return;
    if (chosen) setChosen(null);
    // A picture that is smaller than its place is seen twice as large.
    else by(fit.scale < 1 ? 1 / fit.scale : 2, around);
  };
  useImperativeHandle(ref, () => ({ by, toggle }));
  useEffect(() => onScale(view?.scale ?? null), [view?.scale, onScale]);

  const style = view && {
    left: view.left,
    top: view.top,
    width: size.width * view.scale,
    height: size.height * view.scale,
    imageRendering: original && chosen && view.scale >= PIXELS ? ('pixelated' as const) : undefined,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and buttons of the viewer do the same.
    <div
      ref={field}
      className={chosen ? 'viewer-stage zoomed' : 'viewer-stage'}
      {...pointer.handlers}
      onDoubleClick={({ clientX, clientY, currentTarget, target }) => {
        if ((target as HTMLElement).closest('button')) return;
        const { left, top } = currentTarget.getBoundingClientRect();
        toggle({ x: clientX - left, y: clientY - top });
      }}
    >
      {style && thumbnail && (!original || loaded !== original) && (
        <img src={thumbnail} alt={original ? '' : alt} draggable={false} style={style} />
      )}
      {style && original && (
        <img
          key={original}
          src={original}
          alt={alt}
          draggable={false}
          style={style}
          onLoad={() => setLoaded(original)}
          onError={onFailed}
        />
      )}
      {children}
    </div>
  );
}
