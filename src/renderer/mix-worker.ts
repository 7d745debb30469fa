import type { MessagePort } from 'node:worker_threads';
import { workerData } from 'node:worker_threads';
import { makeMix } from './mix.ts';
import type { MixJob, MixResult, MixSettings } from './mix-job.ts';
import { createSoundCache } from './mix-sounds.ts';
import { toFailure } from './to-failure.ts';

/** Music and footage that thousands of personal mixes share: three songs of three minutes. */
const CACHE_BYTES = 200 << 20;

const { ffmpeg }: MixSettings = workerData;
const cache = createSoundCache(CACHE_BYTES);

/** One mix at a time. A word on the port ends its programs. Never rejects. */
const run = async ({ job, port }: { readonly job: MixJob; readonly port: MessagePort }): Promise<MixResult> => {
	const abort = new AbortController();
	port.on('message', () => abort.abort(new DOMException('interrupted', 'AbortError')));
	try {
		return { ok: true, facts: await makeMix(job, { ffmpeg, cache, now: () => performance.now() }, abort.signal) };
	} catch (error) {
		return { ok: false, failure: toFailure(error, abort.signal) };
	} finally {
		port.close();
	}
};

export default run;
