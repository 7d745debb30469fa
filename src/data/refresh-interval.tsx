import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useRemotionEnvironment } from 'remotion';

/** How often the sources beneath were to ask again. Null where nothing refreshes them. */
const RoundContext = createContext<number | null>(null);

export const useRound = (): number | null => useContext(RoundContext);

export type RefreshIntervalProps = { readonly seconds: number; readonly children?: ReactNode };

/** Has every `DataSource` beneath it ask again, so often. In a render it stands still, and they show their snapshots. @throws RangeError for no time at all */
export const RefreshInterval = ({ seconds, children }: RefreshIntervalProps): ReactNode => (
	<RoundContext.Provider value={useRounds(seconds)}>{children}</RoundContext.Provider>
);

/** Counts the intervals that have passed in a preview; always 0 in a render, and for null. */
export const useRounds = (seconds: number | null): number => {
	if (seconds !== null && !(seconds > 0 && seconds <= MOST_SECONDS))
		throw new RangeError(`seconds is above 0 and at most a day, got ${seconds}`);
	const { isRendering } = useRemotionEnvironment();
	const [round, setRound] = useState(0);
	useEffect(() => {
		if (seconds === null || isRendering) return;
		const timer = setInterval(() => setRound((last) => last + 1), seconds * 1000);
		return () => clearInterval(timer);
	}, [seconds, isRendering]);
	return round;
};

const MOST_SECONDS = 24 * 60 * 60;
