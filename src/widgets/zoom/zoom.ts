/** What is seen of something: a point (x, y) of it stands at (x * scale + left, y * scale + top), in pixels. */
export interface Viewport {
  scale: number;
  left: number;
  top: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Larger by a factor around a place, which stays where it is. */
export const zoomed = ({ scale, left, top }: Viewport, factor: number, { x, y }: Point): Viewport => ({
  scale: scale * factor,
  left: x + (left - x) * factor,
  top: y + (top - y) * factor,
});

/** The factor of a turn of the wheel; a pinch on a touch pad comes with Ctrl, in smaller steps. */
export const wheelFactor = ({ deltaY, ctrlKey }: WheelEvent): number => Math.exp(-deltaY * (ctrlKey ? 0.01 : 0.002));

/** A picture as large as its place allows, in the middle. */
export function whole(picture: Size, place: Size): Viewport {
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  return within({ scale, left: 0, top: 0 }, picture, place);
}

/** The same view with the picture over its whole place, or in the middle along a side on which it is smaller. */
export function within({ scale, left, top }: Viewport, picture: Size, place: Size): Viewport {
  const along = (at: number, length: number, room: number): number =>
    length * scale <= room ? (room - length * scale) / 2 : Math.min(0, Math.max(room - length * scale, at));
  return { scale, left: along(left, picture.width, place.width), top: along(top, picture.height, place.height) };
}
