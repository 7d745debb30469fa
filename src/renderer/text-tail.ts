export type TextTail = { readonly add: (chunk: Uint8Array) => void; readonly text: () => string };

/** Keeps the last `limitBytes` of what a process writes: enough to say why it died, never more memory than that. */
export const createTextTail = (limitBytes: number): TextTail => {
	let kept: Uint8Array[] = [];
	let size = 0;
	return {
		add(chunk) {
			kept.push(chunk);
			size += chunk.length;
			if (size <= 2 * limitBytes) return;
			const joined = Buffer.concat(kept).subarray(-limitBytes);
			kept = [Buffer.from(joined)];
			size = joined.length;
		},
		text: () => Buffer.concat(kept).subarray(-limitBytes).toString('utf8').trim(),
	};
};
