import { Component, type ReactNode } from 'react';
import { download } from '../../widgets/download';
import { resetView } from '../session/showing';
import { LookalikeContext } from '../store/hooks';
import { reportText } from './report';

/** Stands in for the page where drawing it failed: what is stored is not touched, and the page can be had again. */
export class Boundary extends Component<{ children: ReactNode }, { failed: Error | null }> {
  static override contextType = LookalikeContext;
  declare context: React.ContextType<typeof LookalikeContext>;
  override state: { failed: Error | null } = { failed: null };

  static getDerivedStateFromError(cause: unknown): { failed: Error } {
    return { failed: cause instanceof Error ? cause : new Error(String(cause)) };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    const { context } = this;
    if (!failed || !context) return this.props.children;
    const save = () =>
      download(
        'lookalike-report.json',
        new Blob([reportText(context.store.getState(), failed)], { type: 'application/json' }),
      );
    const reset = () => {
      resetView(context.store);
      this.setState({ failed: null });
    };
    return (
      <main className="stage" role="alert">
        <div className="broken">
          <h1>This view could not be drawn.</h1>
          <p>
            {failed.message}. Your pictures and runs are kept. Reset the view, then choose the collection again; if that
            fails too, save a report and send it to whoever looks after this page.
          </p>
          <div className="button-row">
            <button type="button" className="button primary" onClick={reset}>
              Reset this view
            </button>
            <button type="button" className="button" onClick={save}>
              Save a report
            </button>
          </div>
        </div>
      </main>
    );
  }
}
