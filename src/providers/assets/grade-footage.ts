import { stat } from 'node:fs/promises';
import { type Failure, RenderFailure } from '../../model/failure.ts';
import type { FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import type { Recode } from '../../ports/recode.ts';
import { readVideoFile } from '../read-video.ts';
import { frameGrader, type Grading } from './grade.ts';
import { keepWritten } from './keep-file.ts';
import { failed, type Refusal, unusable } from './provider-problem.ts';

/**
 * Footage in the colours of a palette, frame by frame as `gradePicture` does it: as many frames, at the same times, and its own sound. A new file under its
 * own hash; the same footage, palette and encoder give the same bytes.
 */
export const gradeFootage = async (
	file: string,
	{ palette, directory, cost, signal }: Grading & { readonly signal: AbortSignal },
	recode: Recode,
): Promise<ProviderResult<FetchedAsset>> => {
	const read = await readVideoFile('the footage', { path: file, bytes: (await stat(file)).size });
	if (!read.ok) return undecodable();
	const { width, height, times, end } = read.value.facts;
	const write = async (output: string): Promise<Refusal | null> => {
		try {
			await recode({ path: file, width, height, times, end, output }, frameGrader(palette), signal);
			return null;
		} catch (error) {
			if (signal.aborted) return failed('passing', 'the grading of footage was interrupted', 'run it again');
			if (error instanceof RenderFailure) return refusalOf(error.failure);
			throw error;
		}
	};
	return keepWritten(write, { id: 'the grade', medium: 'video', directory, cost });
};

const OTHERWISE = 'leave out `colorGrade`, or pin another result';

const undecodable = (): Refusal => unusable('lasting', 'footage cannot be graded: it cannot be decoded', OTHERWISE);

const refusalOf = ({ class: failureClass, blameless }: Failure): Refusal => {
	if (blameless) return failed('passing', 'footage cannot be graded: something ended the encoder', 'run it again');
	switch (failureClass) {
		case 'DISK':
			return failed('passing', 'footage cannot be graded: there is no room for it', 'make room, and run it again');
		case 'FRAME_TIMEOUT':
			return failed('passing', 'footage cannot be graded: it takes too long', `run it when the machine is less busy, or ${OTHERWISE}`);
		case 'ENCODE':
			return unusable('lasting', 'footage cannot be graded: it cannot be encoded', `${OTHERWISE}; \`reelform doctor\` shows the encoder`);
		default:
			return undecodable();
	}
};
