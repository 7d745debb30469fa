/** Zero crossings of the sinc on either side, at the lower of the two rates: the filter's steepness against its cost. */
const CROSSINGS = 24;
/** Where the filter begins to close, as a share of the lower rate's highest frequency: room for its slope, so that nothing folds back. */
const PASS = 0.92;
/** Shape of the Kaiser window: side lobes 80 dB down. */
const BETA = 8;

/** The same sound at another rate: a windowed sinc, one set of taps for each phase. Neither advanced nor delayed; `round(length * to / from)` samples. */
export const resample = (samples: Float32Array, from: number, to: number): Float32Array => {
	if (from === to) return samples;
	const common = greatestCommonDivisor(from, to);
	const [up, down] = [to / common, from / common];
	const phases = tapsOfPhases(up, Math.min(1, to / from));
	const reach = ((phases[0]?.length ?? 2) - 2) / 2;
	const out = new Float32Array(Math.round((samples.length * to) / from));
	for (let index = 0; index < out.length; index++) {
		const position = index * down;
		const taps = phases[position % up] ?? new Float32Array();
		const first = Math.floor(position / up) - reach;
		let sum = 0;
		const end = Math.min(taps.length, samples.length - first);
		for (let tap = Math.max(0, -first); tap < end; tap++) sum += (taps[tap] ?? 0) * (samples[first + tap] ?? 0);
		out[index] = sum;
	}
	return out;
};

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** For each phase the weights of the samples from `reach` before to `reach + 1` after it; they sum to 1, so that a level stays what it is. */
const tapsOfPhases = (up: number, scale: number): readonly Float32Array[] => {
	const reach = Math.ceil(CROSSINGS / scale);
	return Array.from({ length: up }, (_, phase) => {
		const taps = Float64Array.from({ length: 2 * reach + 2 }, (_tap, index) => {
			const distance = index - reach - phase / up;
			return sinc(distance * scale * PASS) * kaiser(distance / (reach + 1));
		});
		const sum = taps.reduce((total, tap) => total + tap, 0);
		return Float32Array.from(taps, (tap) => tap / sum);
	});
};

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA));

/** The modified Bessel function of order 0, by its power series. */
const bessel = (x: number): number => {
	let [sum, term] = [1, 1];
	for (let k = 1; term > sum * 1e-12; k++) {
		term *= (x / (2 * k)) ** 2;
		sum += term;
	}
	return sum;
};
