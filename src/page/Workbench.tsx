import { useEffect, useRef, useState } from 'react';
import { useSelected } from '../app/store/hooks';
import { DownstreamTests } from '../features/compare/tests/DownstreamTests';
import { Encoders } from '../features/encoders/Encoders';
import { EncoderVerdict } from '../features/encoders/EncoderVerdict';
import { Export } from '../features/encoders/Export';
import { LabelBar } from '../features/labels/LabelBar';
import { LabelColumns } from '../features/labels/LabelColumns';
import { Labels } from '../features/labels/Labels';
import { Device } from '../features/labs/Device';
import { Dimensions } from '../features/labs/Dimensions';
import { Representation } from '../features/labs/Representation';
import { SensitivityLab } from '../features/labs/SensitivityLab';
import { Pictures } from '../features/pictures/Pictures';
import { SkippedFiles } from '../features/pictures/SkippedFiles';
import { Similar } from '../features/search/Similar';
import { ProbeNeighbours } from '../features/training/live/ProbeNeighbours';
import { Reconstructions } from '../features/training/live/Reconstructions';
import { Views } from '../features/training/live/Views';
import { Loss } from '../features/training/progress/Loss';
import { Measures } from '../features/training/progress/Measures';
import { Performance } from '../features/training/progress/Performance';
import { Settings } from '../features/training/settings/Settings';
import { Training } from '../features/training/Training';
import { Icon, type IconName } from '../widgets/Icon';

type View = 'pictures' | 'similar' | 'training' | 'quality';

const VIEWS: { view: View; words: string; icon: IconName }[] = [
  { view: 'pictures', words: 'Pictures', icon: 'grid' },
  { view: 'similar', words: 'Similar', icon: 'look' },
  { view: 'training', words: 'Training', icon: 'curve' },
  { view: 'quality', words: 'Quality', icon: 'check' },
];

/**
 * The page with pictures on it: what there is, what is alike and how to learn it, how the learning goes and what came of
 * it. Wide screens show the first three side by side, the last below the third; on smaller ones the style sheet puts the
 * training before the settings, and narrow ones show one part at a time.
 */
export function Workbench() {
  const [view, setView] = useState<View>('pictures');
  const selected = useSelected(({ similar }) => similar.row);
  const unfinished = useSelected(({ training }) => training.unfinished !== null);
  const picking = useSelected(({ labels }) => labels.picking !== null);
  // Whichever of the two scrolls at this width: the answer stands at its top, wherever the question was asked.
  const rest = useRef<HTMLDivElement>(null);
  const similar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected === null) return;
    setView('similar');
    rest.current?.scrollTo({ top: 0 });
    similar.current?.scrollTo({ top: 0 });
  }, [selected]);
  // The offer to resume a run must not wait behind another part.
  useEffect(() => {
    if (unfinished) setView('training');
  }, [unfinished]);
  useEffect(() => {
    if (picking) setView('pictures');
  }, [picking]);
  return (
    <div className="workbench" data-view={view}>
      <div className="column column-pictures">
        <Pictures labelBar={<LabelBar />} labelList={<Labels />} />
        <SkippedFiles />
      </div>
      <div ref={rest} className="column-rest">
        <div ref={similar} className="column column-similar">
          <Similar />
          <ProbeNeighbours />
          <Reconstructions />
          <Views />
          <Encoders />
          <Settings />
          <Export />
        </div>
        <div className="column column-training">
          <Training verdict={<EncoderVerdict />} device={<Device />} />
          <Loss />
          <Measures />
          <Performance />
          <div className="judging">
            <LabelColumns />
            <DownstreamTests />
            <Representation />
            <Dimensions />
            <SensitivityLab />
          </div>
        </div>
      </div>
      <nav className="view-tabs" aria-label="Parts of the page">
        {VIEWS.map(({ view: one, words, icon }) => (
          <button key={one} type="button" aria-current={one === view ? 'true' : undefined} onClick={() => setView(one)}>
            <Icon name={icon} />
            {words}
          </button>
        ))}
      </nav>
    </div>
  );
}
