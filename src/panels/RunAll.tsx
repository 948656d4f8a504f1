import { type FormEvent, useId, useState } from 'react';
import type { Preset } from '../core/config';
import { type Budget, budgetWords, plannedWords } from '../core/plan';
import { PRESET_WORDS } from '../core/presets';
import { useActions, useMetrics, useSelected } from '../state/hooks';
import { notNow } from '../state/obstacle';
import { count } from '../widgets/amounts';
import { NumberInput } from '../widgets/NumberInput';
import { Panel } from '../widgets/Panel';

const PRESETS = Object.keys(PRESET_WORDS) as Preset[];
/** MoCo's older version adds little to a comparison of methods. */
const FIRST_CHOICE = PRESETS.filter((preset) => preset !== 'moco-v1');

const FIRST_AMOUNT: Record<Budget['kind'], number> = { steps: 300, minutes: 5, images: 20_000 };

function budgetOf(kind: Budget['kind'], amount: number): Budget {
  switch (kind) {
    case 'steps':
      return { kind, steps: amount };
    case 'minutes':
      return { kind, minutes: amount };
    case 'images':
      return { kind, images: amount };
  }
}

/** All methods one after the other, with the same budget: the only fair comparison, and one click. */
export function RunAll() {
  const plan = useSelected((state) => state.plan);
  const current = useSelected(({ library }) => library.current);
  return (
    <Panel title="Run all methods" className="run-all">
      {plan && plan.dataset === current ? <Progress /> : <Choice elsewhere={plan !== null && plan.left.length > 0} />}
    </Panel>
  );
}

function Choice({ elsewhere }: { elsewhere: boolean }) {
  const { runAll } = useActions();
  const why = useSelected(notNow);
  const [chosen, setChosen] = useState<readonly Preset[]>(FIRST_CHOICE);
  const [amount, setAmount] = useState(FIRST_AMOUNT.steps);
  const [kind, setKind] = useState<Budget['kind']>('steps');
  const id = useId();
  const usable = chosen.length > 0 && amount > 0 && (kind === 'minutes' || Number.isInteger(amount)) && why === '';
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    if (usable)
      void runAll(
        PRESETS.filter((preset) => chosen.includes(preset)).map((preset) => ({ preset })),
        budgetOf(kind, amount),
      );
  };
  return (
    <form onSubmit={begin}>
      <fieldset className="bare compare-runs">
        <legend className="small muted">
          One after the other, on these pictures, with the encoder of the settings and each method’s own values
        </legend>
        {PRESETS.map((preset) => (
          <label key={preset} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(preset)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, preset] : chosen.filter((one) => one !== preset))
              }
            />
            {PRESET_WORDS[preset].title}
          </label>
        ))}
      </fieldset>
      <div className="button-row">
        <label htmlFor={`${id}-amount`}>Budget of each</label>
        <NumberInput id={`${id}-amount`} className="field amount" min={1} value={amount} onChange={setAmount} />
        <select
          className="field"
          aria-label="Unit of the budget"
          value={kind}
          onChange={({ target }) => {
            const unit = target.value as Budget['kind'];
            setKind(unit);
            setAmount(FIRST_AMOUNT[unit]);
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
        <p className="small muted">Methods are still to be run on another data set; this would replace them.</p>
      )}
    </form>
  );
}

/** What is done, what is under way, what is still to come. */
function Progress() {
  const { cancelAll, goOn } = useActions();
  const plan = useSelected((state) => state.plan);
  const going = useSelected((state) => state.planGoing);
  const message = useSelected(({ training }) => training.message);
  const step = useMetrics((metrics) => metrics.last, 500);
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
