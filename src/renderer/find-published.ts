import { join } from 'node:path';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import { type OutputRecords, publishedHash } from './output-records.ts';
import { sidecarsOf } from './sidecars.ts';

const LOOKS_AT_ONCE = 16;

/** The outputs that are in place as the plan wants them, with the sha256 of each. Captions beside them that are gone or changed are written again. */
export const findPublished = async (
	records: OutputRecords,
	{ plan: { outputs }, captions }: ExecutablePlan,
	outputDirectory: string,
): Promise<ReadonlyMap<PlannedOutput, string>> => {
	const found = new Map<PlannedOutput, string>();
	const waiting = [...outputs].reverse();
	const lane = async (): Promise<void> => {
		for (let output = waiting.pop(); output !== undefined; output = waiting.pop()) {
			const sidecars = sidecarsOf(captions?.[output.id]);
			const sha256 = await publishedHash(records, join(outputDirectory, output.path), { output, sidecars });
			if (sha256 !== null) found.set(output, sha256);
		}
	};
	await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, lane));
	return new Map(outputs.flatMap((output) => (found.has(output) ? [[output, found.get(output)!] as const] : [])));
};
