/** Draws if there is something new, and says whether it did. */
type Draw = () => boolean;

let waiting: Draw[] = [];
let frame = 0;

/** One drawing a frame, each in its turn: the more there is to draw, the less often, but no frame takes long. */
function tick(): void {
  frame = requestAnimationFrame(tick);
  const drawn = waiting.findIndex((draw) => draw());
  if (drawn >= 0) waiting = [...waiting.slice(drawn + 1), ...waiting.slice(0, drawn + 1)];
}

/** Asks `draw` in coming frames, while the page is shown, until the returned function is called. One loop for all. */
export function onFrame(draw: Draw): () => void {
  waiting = [...waiting, draw];
  if (waiting.length === 1) frame = requestAnimationFrame(tick);
  return () => {
    waiting = waiting.filter((one) => one !== draw);
    if (waiting.length === 0) cancelAnimationFrame(frame);
  };
}
