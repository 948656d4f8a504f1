import { useSelected } from '../../app/store/hooks';
import { EncoderVerdict } from '../../features/encoders/EncoderVerdict';
import { Device } from '../../features/labs/Device';
import { BeforeNow } from '../../features/training/live/BeforeNow';
import { QualityChart } from '../../features/training/progress/QualityChart';
import { RunDetails } from '../../features/training/RunDetails';
import { Training } from '../../features/training/Training';

/** One card to train with; below it what training changes, how well it finds, and what goes on inside. */
export function Train() {
  const trains = useSelected(({ training }) => training.run !== null);
  return (
    <div className="screen train">
      <Training verdict={<EncoderVerdict />} device={<Device />} />
      {trains && (
        <>
          <BeforeNow />
          <QualityChart />
          <RunDetails device={<Device />} />
        </>
      )}
    </div>
  );
}
