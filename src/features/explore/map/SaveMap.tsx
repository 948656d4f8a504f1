import { useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { colour } from '../../../widgets/colours';
import { download, fileName } from '../../../widgets/download';
import { Menu } from '../../../widgets/Menu';
import { mapSvg } from './mapSvg';
import type { PointColours } from './pointColours';

interface SaveMapProps {
  points: Float32Array;
  colours: PointColours;
}

/** Hands out the map: as it is seen, or as a drawing of all of it. */
export function SaveMap({ points, colours }: SaveMapProps) {
  const name = useSelected((state) => fileName(`${currentDataset(state)?.name ?? ''} map`));
  const savePng = async (): Promise<void> => {
    const seen = document.querySelector<HTMLCanvasElement>('.map-field canvas');
    if (!seen) return;
    const { width, height } = seen;
    const copy = new OffscreenCanvas(width, height);
    const context = copy.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillStyle = colour('--panel');
    context.fillRect(0, 0, width, height);
    context.drawImage(seen, 0, 0);
    download(`${name}.png`, await copy.convertToBlob());
  };
  return (
    <Menu label="Save the map">
      <button type="button" className="button quiet" onClick={() => void savePng()}>
        What is seen, as PNG
      </button>
      <button
        type="button"
        className="button quiet"
        onClick={() => download(`${name}.svg`, new Blob([mapSvg(points, colours)], { type: 'image/svg+xml' }))}
      >
        All of it, as SVG
      </button>
    </Menu>
  );
}
