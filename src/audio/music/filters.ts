/** Two-pole low-pass without resonance, in place. `cutoff` in Hz is asked for every 32 samples, by sample number. */
export const lowPass = (sound: Float32Array, cutoff: (sample: number) => number, sampleRate: number): void => {
	let first = 0;
	let second = 0;
	let share = 0;
	for (let index = 0; index < sound.length; index++) {
		if (index % 32 === 0) share = 1 - Math.exp((-2 * Math.PI * Math.min(cutoff(index), sampleRate * 0.45)) / sampleRate);
		first += (sound[index]! - first) * share;
		second += (first - second) * share;
		sound[index] = second;
	}
};

/** Two-pole high-pass without resonance, in place. */
export const highPass = (sound: Float32Array, cutoff: number, sampleRate: number): void => {
	const share = 1 - Math.exp((-2 * Math.PI * cutoff) / sampleRate);
	let first = 0;
	let second = 0;
	for (let index = 0; index < sound.length; index++) {
		const value = sound[index]!;
		first += (value - first) * share;
		const once = value - first;
		second += (once - second) * share;
		sound[index] = once - second;
	}
};
