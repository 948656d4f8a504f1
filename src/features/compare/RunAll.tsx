import { type FormEvent, useId, useState } from 'react';
import { notNow } from '../../app/session/obstacle';
import { comparedStart } from '../../app/session/settings';
import { useActions, useSelected, useStepReports } from '../../app/store/hooks';
import { count, duration } from '../../core/amounts';
import type { Preset, RunConfig } from '../../core/config';
import { reconstructs } from '../../core/methods';
import { type Budget, budgetWords, type Planned, plannedWords } from '../../core/plan';
import { PRESET_WORDS, PRESETS as PRESETS_OF } from '../../core/presets';
import { NumberInput } from '../../widgets/NumberInput';
import { Panel } from '../../widgets/Panel';
import { plannedSeconds } from './plannedSeconds';

const PRESETS = Object.keys(PRESET_WORDS) as Preset[];

/** MoCo's older version adds little to a comparison of methods; what a start is worth, one method's random weights tell. */
const isFirstChoice = ({ preset, start }: Planned, several: boolean): boolean =>
  preset !== 'moco-v1' &&
  (!several || start !== null || preset === 'moco-v2' || reconstructs(PRESETS_OF[preset].method));

/** Every method from the weights that the settings say, or the network that the page would choose, and from random ones. */
function offered(start: RunConfig['start']): Planned[] {
  if (start === null) return PRESETS.map((preset) => ({ preset, start }));
  return PRESETS.flatMap((preset) =>
    reconstructs(PRESETS_OF[preset].method)
      ? [{ preset, start: null }]
      : [
          { preset, start },
          { preset, start: null },
        ],
  );
}

const FIRST_AMOUNT: Record<Budget['kind'], number> = { steps: 300, minutes: 5, images: 20_000 };

/** All methods one after the other, with the same budget: the only fair comparison, and one click. */
export function RunAll() {
  const plan = useSelected((state) => state.plan);
  const current = useSelected(({ library }) => library.current);
  return (
    <Panel title="Try all methods" className="run-all">
      {plan && plan.dataset === current ? <Progress /> : <Choice elsewhere={plan !== null && plan.left.length > 0} />}
    </Panel>
  );
}

function Choice({ elsewhere }: { elsewhere: boolean }) {
  const { runAll } = useActions();
  const why = useSelected(notNow);
  const edited = useSelected(({ settings }) => settings.edited);
  const start = comparedStart(edited);
  const all = offered(start);
  const wordsOf = (one: Planned): string => (start === null ? PRESET_WORDS[one.preset].title : plannedWords(one));
  /** What the user has ticked or cleared, by its words. */
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({});
  const isChosen = (one: Planned): boolean => ticked[wordsOf(one)] ?? isFirstChoice(one, start !== null);
  const chosen = all.filter(isChosen);
  const [budget, setBudget] = useState<Budget>({ kind: 'steps', amount: FIRST_AMOUNT.steps });
  const { kind, amount } = budget;
  const id = useId();
  const usable = chosen.length > 0 && amount > 0 && (kind === 'minutes' || Number.isInteger(amount)) && why === '';
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    if (usable) void runAll(chosen, budget);
  };
  return (
    <form onSubmit={begin}>
      <fieldset className="bare compare-runs">
        <legend className="small muted">One after the other, with the same budget; each becomes one more model</legend>
        {all.map((one) => (
          <label key={wordsOf(one)} className="check">
            <input
              type="checkbox"
              aria-label={wordsOf(one)}
              checked={isChosen(one)}
              onChange={({ target }) => setTicked({ ...ticked, [wordsOf(one)]: target.checked })}
            />
            <span>
              {wordsOf(one)}
              <PlannedTime planned={one} budget={budget} />
            </span>
          </label>
        ))}
      </fieldset>
      <div className="button-row">
        <label htmlFor={`${id}-amount`}>Budget of each</label>
        <NumberInput
          id={`${id}-amount`}
          className="field amount"
          min={1}
          value={amount}
          onChange={(amount) => setBudget({ kind, amount })}
        />
        <select
          className="field"
          aria-label="Unit of the budget"
          value={kind}
          onChange={({ target }) => {
            const unit = target.value as Budget['kind'];
            setBudget({ kind: unit, amount: FIRST_AMOUNT[unit] });
          }}
        >
          <option value="steps">steps</option>
          <option value="minutes">minutes of training</option>
          <option value="images">pictures seen</option>
        </select>
        <button type="submit" className="button primary" disabled={!usable}>
          Run {count(chosen.length)} {chosen.length === 1 ? 'method' : 'methods'}
        </button>
      </div>
      {why && <p className="small muted">{why}</p>}
      {elsewhere && (
        <p className="small muted">Methods are still to be run on another collection; this would replace them.</p>
      )}
    </form>
  );
}

/** How long a method will train, where that can be told. */
function PlannedTime({ planned, budget }: { planned: Planned; budget: Budget }) {
  const seconds = useSelected((state) => plannedSeconds(planned, budget, state));
  return seconds === null ? null : (
    <span className="small muted"> {`about ${duration(seconds)}`.replaceAll(' ', '\u00a0')}</span>
  );
}

/** What is done, what is under way, what is still to come. */
function Progress() {
  const { cancelAll, goOn } = useActions();
  const plan = useSelected((state) => state.plan);
  const going = useSelected((state) => state.planGoing);
  const message = useSelected(({ training }) => training.message);
  const step = useStepReports((reports) => reports.last, 500);
  if (!plan) return null;
  const [first, ...rest] = plan.left;
  return (
    <>
      <p className="small muted">
        {budgetWords(plan.budget)}.{first && ' A reload goes on where it was.'}
      </p>
      <ol className="plan">
        {plan.done.map((one) => (
          <li key={plannedWords(one)} className={one.reason === null ? 'done' : 'failed'}>
            {plannedWords(one)} <span className="small muted">{one.reason ?? 'done'}</span>
          </li>
        ))}
        {first && (
          <li className="current" aria-current="step">
            {plannedWords(first)}{' '}
            <span className="small muted">
              {going ? [step > 0 && plan.run && `step ${count(step)}`, message].filter(Boolean).join(' · ') : 'waits'}
            </span>
          </li>
        )}
        {rest.map((one) => (
          <li key={plannedWords(one)} className="muted">
            {plannedWords(one)}
          </li>
        ))}
      </ol>
      <div className="button-row">
        {first && !going && (
          <button type="button" className="button primary" onClick={() => void goOn()}>
            Go on
          </button>
        )}
        <button type="button" className="button" onClick={cancelAll}>
          {first ? 'Give up the rest' : 'Put away'}
        </button>
      </div>
    </>
  );
}
