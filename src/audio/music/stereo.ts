export type Stereo = { readonly left: Float32Array; readonly right: Float32Array };

export const silence = (samples: number): Stereo => ({ left: new Float32Array(samples), right: new Float32Array(samples) });

/** Equal-power gains of a place between -1 (left) and 1 (right). */
export const panGains = (place: number): readonly [number, number] => {
	const angle = ((place + 1) * Math.PI) / 4;
	return [Math.cos(angle), Math.sin(angle)];
};

/** Adds a mono sound at a sample position; what lies outside is left out. */
export const addMono = (into: Stereo, sound: Float32Array, start: number, gains: readonly [number, number]): void => {
	const from = Math.max(0, -start);
	const to = Math.min(sound.length, into.left.length - start);
	for (let index = from; index < to; index++) {
		into.left[start + index]! += sound[index]! * gains[0];
		into.right[start + index]! += sound[index]! * gains[1];
	}
};
