/** Seconds, `from` < `to`. */
export type Interval = { readonly from: number; readonly to: number };

export type Ducking = {
	/** Decibels that music goes down while somebody speaks; at most 0. */
	readonly music: number;
	/** The same for the sound of clips. */
	readonly clip: number;
	/** Seconds before the first word in which the music goes down. */
	readonly attack: number;
	/** Seconds after the last word in which it comes back. */
	readonly release: number;
	/** Pauses shorter than this, in seconds, do not bring the music back. */
	readonly hold: number;
};

export const DUCKING: Ducking = { music: -10, clip: -4, attack: 0.25, release: 0.5, hold: 0.8 };

/** Intervals in the order of time, those that overlap or stand closer than `hold` made one. */
export const joinIntervals = (intervals: readonly Interval[], hold: number): readonly Interval[] => {
	const joined: Interval[] = [];
	for (const interval of [...intervals].sort((one, other) => one.from - other.from)) {
		const last = joined.at(-1);
		if (last !== undefined && interval.from - last.to < hold)
			joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) };
		else joined.push(interval);
	}
	return joined;
};

/** Steep in the middle, flat at both ends: a gain that moves like this is not heard to start or stop. */
const ease = (progress: number): number => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, progress)));

export type DuckingTimes = Pick<Ducking, 'attack' | 'release'> & { readonly seconds: number; readonly sampleRate: number };

/** How far down the music is at each sample: 0 is not at all, 1 is by all of the ducking. It is down when the first word of each interval starts. */
export const duckingCurve = (speech: readonly Interval[], times: DuckingTimes): Float32Array => {
	const { attack, release, seconds, sampleRate } = times;
	const curve = new Float32Array(Math.round(seconds * sampleRate));
	for (const { from, to } of speech) {
		const start = Math.max(0, Math.floor((from - attack) * sampleRate));
		const end = Math.min(curve.length, Math.ceil((to + release) * sampleRate));
		for (let index = start; index < end; index++) {
			const time = index / sampleRate;
			const down = attack > 0 ? ease((time - (from - attack)) / attack) : Number(time >= from);
			const back = release > 0 ? ease((to + release - time) / release) : Number(time <= to);
			curve[index] = Math.max(curve[index]!, Math.min(down, back));
		}
	}
	return curve;
};
