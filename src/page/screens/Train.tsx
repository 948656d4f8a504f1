import { EncoderVerdict } from '../../features/encoders/EncoderVerdict';
import { Device } from '../../features/labs/Device';
import { ProbeNeighbours } from '../../features/training/live/ProbeNeighbours';
import { Reconstructions } from '../../features/training/live/Reconstructions';
import { Views } from '../../features/training/live/Views';
import { Loss } from '../../features/training/progress/Loss';
import { Measures } from '../../features/training/progress/Measures';
import { Performance } from '../../features/training/progress/Performance';
import { Settings } from '../../features/training/settings/Settings';
import { Training } from '../../features/training/Training';

/** How to train, how it goes, and what came of it. */
export function Train() {
  return (
    <div className="screen train">
      <div className="screen-side">
        <Training verdict={<EncoderVerdict />} device={<Device />} />
        <Settings />
      </div>
      <div className="screen-main">
        <ProbeNeighbours />
        <Measures />
        <Loss />
        <Reconstructions />
        <Views />
        <Performance />
      </div>
    </div>
  );
}
