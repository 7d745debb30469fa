import type { Stereo } from './stereo.ts';

/** Delays in samples at 44.1 kHz; no two share a factor that would ring. The right side is spread a little for width. */
const COMBS = [1116, 1277, 1422, 1617];
const ALLPASSES = [556, 341];
const SPREAD = 23;

export type Room = {
	/** 0 to below 1: how much comes back each time round. */
	readonly feedback: number;
	/** 0 to below 1: how much treble is lost each time round. */
	readonly damping: number;
	/** Share of the room in what is heard; the direct sound stays as it is. */
	readonly wet: number;
};

const comb = (input: Float32Array, into: Float32Array, delay: number, room: Room): void => {
	const line = new Float32Array(delay);
	let place = 0;
	let damped = 0;
	for (let index = 0; index < input.length; index++) {
		const echo = line[place]!;
		damped = echo * (1 - room.damping) + damped * room.damping;
		line[place] = input[index]! + damped * room.feedback;
		into[index]! += echo;
		place = place + 1 === delay ? 0 : place + 1;
	}
};

const allpass = (sound: Float32Array, delay: number): void => {
	const line = new Float32Array(delay);
	let place = 0;
	for (let index = 0; index < sound.length; index++) {
		const echo = line[place]!;
		const value = sound[index]!;
		sound[index] = echo - value;
		line[place] = value + echo * 0.5;
		place = place + 1 === delay ? 0 : place + 1;
	}
};

/** A Schroeder room around a stem, in place: four combs and two all-passes a side, fed with both sides. */
export const addRoom = (stem: Stereo, room: Room, sampleRate: number): void => {
	const input = stem.left.map((value, index) => (value + stem.right[index]!) * 0.06);
	for (const [side, spread] of [
		[stem.left, 0],
		[stem.right, SPREAD],
	] as const) {
		const wet = new Float32Array(input.length);
		const scaled = (delay: number): number => Math.round(((delay + spread) * sampleRate) / 44_100);
		for (const delay of COMBS) comb(input, wet, scaled(delay), room);
		for (const delay of ALLPASSES) allpass(wet, scaled(delay));
		for (let index = 0; index < side.length; index++) side[index]! += wet[index]! * room.wet;
	}
};
