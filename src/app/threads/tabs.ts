/** What was changed in the stores, for the other tabs of this page. */
export type Change = { of: 'datasets' } | { of: 'labels' | 'encoders'; dataset: string };

/** The other tabs: each is told of every change, and reads anew what it shows. */
export interface Tabs {
  tell(change: Change): void;
  listen(listener: (change: Change) => void): void;
}

export function openTabs(): Tabs {
  const channel = new BroadcastChannel('lookalike');
  return {
    tell: (change) => channel.postMessage(change),
    listen: (listener) => {
      channel.onmessage = ({ data }) => listener(data);
    },
  };
}
