import { type ComponentType, useState } from 'react';
import { DownstreamTests } from '../../features/compare/tests/DownstreamTests';
import { BatchLab } from '../../features/labs/BatchLab';
import { Device } from '../../features/labs/Device';
import { Dimensions } from '../../features/labs/Dimensions';
import { Representation } from '../../features/labs/Representation';
import { SensitivityLab } from '../../features/labs/SensitivityLab';
import { Measures } from '../../features/training/progress/Measures';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';

interface LabEntry {
  title: string;
  /** What it answers, in one line. */
  about: string;
  Lab: ComponentType;
}

const LABS: readonly LabEntry[] = [
  {
    title: 'Measures',
    about: 'Every measure of the run, beside what needs no training.',
    Lab: Measures,
  },
  { title: 'Downstream tests', about: 'How well an embedding tells your labels apart.', Lab: DownstreamTests },
  { title: 'Representation', about: 'Which layer is the embedding, and how it is made smaller.', Lab: Representation },
  { title: 'Dimensions', about: 'What each number of the embedding stands for.', Lab: Dimensions },
  { title: 'Sensitivity lab', about: 'How far a logo or other light moves a picture.', Lab: SensitivityLab },
  { title: 'Batch sizes', about: 'Whether SimCLR needs larger batches here than MoCo does.', Lab: BatchLab },
  { title: 'Device', about: 'What trains here, and the choice of another.', Lab: DeviceLab },
];

function DeviceLab() {
  return (
    <Panel title="Device">
      <Device />
    </Panel>
  );
}

/** Tools for experts: what an embedding is worth, and what is in it. Each begins when it is opened. */
export function Labs() {
  return (
    <div className="screen labs">
      <div className="screen-main">
        {LABS.map((lab) => (
          <Entry key={lab.title} {...lab} />
        ))}
      </div>
    </div>
  );
}

function Entry({ title, about, Lab }: LabEntry) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="lab" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>
        <span className="lab-title">{title}</span>
        <span className="muted">{about}</span>
        <Icon name="chevron" />
      </summary>
      {opened && <Lab />}
    </details>
  );
}
