import { useEffect, useState } from 'react';
import { addressOf } from '../../app/session/networks';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { capital, count } from '../../core/amounts';
import { BASELINES } from '../../core/baselines';
import { runNames } from '../../core/comparison/names';
import type { StartFile } from '../../core/config';
import { isComparable } from '../../core/ended';
import { PRESET_WORDS } from '../../core/presets';
import { PRETRAINED, pretrainedRun } from '../../core/pretrained';
import type { Run } from '../../core/records';
import { LOGO_SHAPES, type LogoShape, type Subject, subjectKey } from '../../core/sensitivity';
import { FileButton } from '../../widgets/FileButton';
import { Panel } from '../../widgets/Panel';
import { AlteredPictures } from './AlteredPictures';
import { SensitivityResults } from './SensitivityResults';

/** Runs besides the one on the page that are tried unless the user says otherwise, the newest. */
const OTHERS = 4;

/** The complaints about embeddings as a test: a small logo moves them a lot, a large one not at all, light moves them. */
export function SensitivityLab() {
  const { trySensitivity, stopInterpreting, listRuns } = useActions();
  const run = useSelected(({ training }) => training.run);
  const { asked, runs, sensitivity } = useSelected(({ interpretation }) => interpretation);
  const device = useSelected((state) => state.device.report !== null);
  const underWay = useSelected(runUnderWay);
  const dataset = useSelected(({ library }) => library.current);
  const message = useSelected(({ training }) => training.message);
  const [logo, setLogo] = useState<LogoShape | File>('disc');
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one when a run begins or ends.
  useEffect(() => void listRuns(), [listRuns, dataset, run?.id, run?.status]);
  const trying = asked.includes('sensitivity');
  const offered = subjectsFrom(
    run,
    runs,
    useSelected(({ encoders }) => encoders.embedded),
    useSelected(({ weights }) => weights),
  );
  const isChosen = ({ subject, first }: Offer): boolean => first !== changed.has(subjectKey(subject));
  const chosen = offered.filter(isChosen);
  const toggle = (key: string): void => {
    const next = new Set(changed);
    if (!next.delete(key)) next.add(key);
    setChanged(next);
  };
  return (
    <Panel title="Sensitivity lab" className="sensitivity">
      <p className="muted small">
        Should a sticker on a picture move it? A large one should, a small one or other light should not. The lab pastes
        a logo, changes a patch and the light, and measures how far each embedding moves.
      </p>
      <fieldset className="bare subjects" disabled={trying}>
        <legend className="visually-hidden">Embeddings to try</legend>
        {offered.map((offer) => (
          <label key={subjectKey(offer.subject)}>
            <input type="checkbox" checked={isChosen(offer)} onChange={() => toggle(subjectKey(offer.subject))} />
            {offer.title}
          </label>
        ))}
      </fieldset>
      <div className="lab-controls">
        <LogoChoice logo={logo} disabled={trying} onChoose={setLogo} />
        {trying ? (
          <button type="button" className="button" onClick={() => stopInterpreting('sensitivity')}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={underWay || !device || chosen.length === 0}
            onClick={() =>
              trySensitivity(
                chosen.map(({ subject }) => subject),
                logo,
              )
            }
          >
            Try it
          </button>
        )}
      </div>
      <p className="small muted" aria-live="polite">
        {trying ? message : underWay ? 'The lab opens when the run has ended.' : ''}
      </p>
      {sensitivity && (
        <>
          <AlteredPictures {...sensitivity.strip} />
          <SensitivityResults {...sensitivity} current={run?.id ?? null} />
        </>
      )}
    </Panel>
  );
}

interface Offer {
  subject: Subject;
  title: string;
  /** Tried unless the user says otherwise. */
  first: boolean;
}

/** The run on the page first, then other stored ones, then what needs no learning, then networks that embedded the pictures. */
function subjectsFrom(
  run: Run | null,
  runs: readonly Run[],
  embedded: ReadonlyMap<string, number>,
  files: readonly StartFile[],
): Offer[] {
  const embeds = (name: string): boolean => embedded.has(pretrainedRun(name));
  const names = runNames(runs.filter(isComparable));
  const titleOf = ({ id, config, step }: Run): string =>
    `${names.get(id) ?? PRESET_WORDS[config.preset].title}, step ${count(step)}`;
  const kept = run && run.step > 0 ? [run] : [];
  const others = runs.filter(({ id, step }) => id !== run?.id && step > 0);
  return [
    ...kept.map((one) => ({ subject: { run: one.id }, title: `This run: ${titleOf(one)}`, first: true })),
    ...others.map((one, place) => ({ subject: { run: one.id }, title: titleOf(one), first: place < OTHERS })),
    ...BASELINES.map((subject) => ({
      subject,
      title: capital(subject),
      first: true,
    })),
    ...PRETRAINED.filter(({ name }) => embeds(name)).map(({ name, title }) => ({
      subject: { network: name, address: addressOf(name) },
      title: `${title}, pretrained`,
      first: true,
    })),
    ...files
      .filter(({ name }) => embeds(name))
      .map(({ name, sha256 }) => ({
        subject: { weights: { name, sha256 } },
        title: `${name}, as it is`,
        first: true,
      })),
  ];
}

interface LogoChoiceProps {
  logo: LogoShape | File;
  disabled: boolean;
  onChoose(logo: LogoShape | File): void;
}

/** A bundled logo, or a picture of the user's own. */
function LogoChoice({ logo, disabled, onChoose }: LogoChoiceProps) {
  const own = typeof logo !== 'string';
  return (
    <div className="logo-choice">
      <label>
        <span>Logo</span>
        <select
          className="field"
          disabled={disabled}
          value={own ? 'own' : logo}
          onChange={({ target }) => {
            const shape = LOGO_SHAPES.find((name) => name === target.value);
            if (shape) onChoose(shape);
          }}
        >
          {own && <option value="own">{logo.name}</option>}
          {LOGO_SHAPES.map((name) => (
            <option key={name} value={name}>
              {capital(name)}
            </option>
          ))}
        </select>
      </label>
      <FileButton
        className="button"
        disabled={disabled}
        accept="image/png,image/webp,image/gif,image/jpeg"
        input="Your own logo"
        onFile={onChoose}
      >
        Your own
      </FileButton>
    </div>
  );
}
