import { useEffect, useState } from 'react';
import { BASELINES } from '../core/judgement';
import { PRETRAINED, pretrainedRun } from '../core/pretrained';
import type { Evaluation, Run } from '../core/records';
import { LOGO_SHAPES, type LogoShape, type Subject } from '../core/sensitivity';
import { useActions, useSelected } from '../state/hooks';
import { addressOf } from '../state/pretrained';
import { runUnderWay } from '../state/store';
import { Panel } from '../widgets/Panel';
import { AlteredPictures } from './AlteredPictures';
import { runTitle } from './runTitle';
import { SensitivityResults } from './SensitivityResults';

/** Runs tried at a time besides the one on the page. */
const OTHERS = 4;

const nameOf = (subject: Subject): string =>
  typeof subject === 'string' ? subject : 'run' in subject ? subject.run : subject.network;

/** The complaints about embeddings as a test: a small logo moves them a lot, a large one not at all, light moves them. */
export function SensitivityLab() {
  const { trySensitivity, stopReading, listRuns } = useActions();
  const run = useSelected(({ training }) => training.run);
  const { asked, runs, sensitivity } = useSelected(({ reading }) => reading);
  const device = useSelected((state) => state.device.report !== null);
  const underWay = useSelected(runUnderWay);
  const dataset = useSelected(({ library }) => library.current);
  const message = useSelected(({ training }) => training.message);
  const [logo, setLogo] = useState<LogoShape | File>('disc');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one when a run begins or ends.
  useEffect(() => void listRuns(), [listRuns, dataset, run?.id, run?.status]);
  const trying = asked.includes('sensitivity');
  const offered = subjectsFrom(
    run,
    runs,
    useSelected(({ measures }) => measures.baselines),
  );
  const chosen = offered.filter(({ subject }) => !left.has(nameOf(subject)));
  const toggle = (name: string): void => {
    const next = new Set(left);
    if (!next.delete(name)) next.add(name);
    setLeft(next);
  };
  return (
    <Panel title="Sensitivity lab" className="sensitivity">
      <p className="muted small">
        Should a sticker on a picture move it? A large one should, a small one or other light should not. The lab pastes
        a logo, changes a patch and the light, and measures how far each embedding moves.
      </p>
      <fieldset className="bare subjects" disabled={trying}>
        <legend className="visually-hidden">Embeddings to try</legend>
        {offered.map(({ subject, title }) => (
          <label key={nameOf(subject)}>
            <input type="checkbox" checked={!left.has(nameOf(subject))} onChange={() => toggle(nameOf(subject))} />
            {title}
          </label>
        ))}
      </fieldset>
      <div className="lab-controls">
        <LogoChoice logo={logo} disabled={trying} onChoose={setLogo} />
        {trying ? (
          <button type="button" className="button" onClick={stopReading}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
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

/** The run on the page first, then other stored ones, then what needs no learning, then networks that were asked for. */
function subjectsFrom(
  run: Run | null,
  runs: readonly Run[],
  evaluations: readonly Evaluation[],
): { subject: Subject; title: string }[] {
  const kept = run && run.step > 0 ? [run] : [];
  const others = runs.filter(({ id, step }) => id !== run?.id && step > 0).slice(0, OTHERS);
  return [
    ...kept.map((one) => ({ subject: { run: one.id }, title: `This run: ${runTitle(one)}` })),
    ...others.map((one) => ({ subject: { run: one.id }, title: runTitle(one) })),
    ...BASELINES.map((subject) => ({ subject, title: subject.charAt(0).toUpperCase() + subject.slice(1) })),
    ...PRETRAINED.filter(({ name }) => evaluations.some(({ of }) => of === pretrainedRun(name))).map(
      ({ name, title }) => ({ subject: { network: name, address: addressOf(name) }, title: `${title}, pretrained` }),
    ),
  ];
}

interface LogoChoiceProps {
  logo: LogoShape | File;
  disabled: boolean;
  onChoose(logo: LogoShape | File): void;
}

/** A bundled logo, or a picture of the person's own. */
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
              {name.charAt(0).toUpperCase() + name.slice(1)}
            </option>
          ))}
        </select>
      </label>
      <label className="button file-button">
        Your own
        <input
          type="file"
          className="visually-hidden"
          accept="image/png,image/webp,image/gif,image/jpeg"
          disabled={disabled}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) onChoose(file);
            currentTarget.value = '';
          }}
        />
      </label>
    </div>
  );
}
