import { useEffect, useState } from 'react';
import { useCalm } from '../../widgets/calm';
import { useActions, useSelected, useStepReports } from '../store/hooks';
import type { State } from '../store/store';
import { leftWords, TimeLeft } from '../terms/timeLeft';
import { type Task, tasksOf } from './tasks';

/** What the trainer said last, where nothing goes on. */
const idleWords = ({ library, training }: State): string =>
  library.ready ? training.message : 'Opening the pictures of earlier visits';

/** The bottom line: each thing that goes on, how far it is, and a way out; then what computes. */
export function StatusBar() {
  const step = useStepReports((reports) => reports.last);
  const [first, ...others] = useTasks(step);
  const idle = useSelected(idleWords);
  const words = first?.words ?? idle;
  const report = useSelected(({ device }) => device.report);
  const showing = useSelected(({ library }) => library.current !== null);
  const expert = useSelected((state) => state.expert);
  const updateReady = useSelected((state) => state.updateReady);
  const { update } = useActions();
  return (
    <footer className="status-bar">
      <div className={first ? 'tasks busy' : 'tasks'}>
        <p className="ellipsis" aria-hidden="true">
          {words}
        </p>
        {/* Once a second: a screen reader reads every change. */}
        <p role="status" className="visually-hidden">
          {useCalm(words, 1000)}
        </p>
        {first && <Progress key={first.id} task={first} />}
        {others.map((task) => (
          <div key={task.id} className="task-line">
            <p className="ellipsis">{task.words}</p>
            <Progress task={task} />
          </div>
        ))}
      </div>
      {updateReady && (
        <button type="button" className="button quiet" title="A run is paused before, and saved" onClick={update}>
          Update ready: reload
        </button>
      )}
      <p className="status-device ellipsis muted" title={report?.why}>
        {expert ? report && `${report.backend} · ${report.name}` : showing && 'Your pictures stay on this device'}
      </p>
    </footer>
  );
}

/** What goes on; the same list as long as it says the same. */
function useTasks(step: number): Task[] {
  const said = useSelected((state) => JSON.stringify(tasksOf(state, step)));
  return JSON.parse(said);
}

/** How far a task is, how long it still takes, and a way out. */
function Progress({ task }: { task: Task }) {
  const actions = useActions();
  const left = useTimeLeft(task);
  const { share, cancel } = task;
  return (
    <>
      {left !== null && <p className="muted task-left">{leftWords(left)}</p>}
      <progress aria-label={task.words.replace(/:? [\d,]+ of [\d,]+/, '')} max={1} value={share ?? undefined} />
      {cancel && (
        <button
          type="button"
          className="button quiet"
          // Of several buttons that stop something, this one says what.
          aria-label={cancel.action === 'stop' ? 'Stop training' : undefined}
          onClick={() => actions[cancel.action]()}
        >
          {cancel.words}
        </button>
      )}
    </>
  );
}

/** Seconds a task still takes, null while that is not known. One with other words, but for their numbers, is another task. */
function useTimeLeft({ words, share, timed }: Task): number | null {
  const about = words.replace(/\d[\d,]*/g, '#');
  const [clock, setClock] = useState({ about, left: new TimeLeft() });
  useEffect(() => {
    if (clock.about !== about) setClock({ about, left: new TimeLeft() });
  }, [about, clock]);
  return timed && share !== null && clock.about === about ? clock.left.next(share, performance.now()) : null;
}
