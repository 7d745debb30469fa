import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { FliteJob, FliteReply, FliteWorkerData } from './flite-messages.ts';
import { speak } from './flite-speech.ts';

const { moduleFile }: FliteWorkerData = workerData;
const module = readFile(moduleFile).then((bytes) => WebAssembly.compile(bytes));
// Reported with the first sentence; without a listener it would end the thread before.
module.catch(() => {});

parentPort?.on('message', async (job: FliteJob) => {
	try {
		const spoken = await speak(await module, job);
		reply(
			{ id: job.id, ok: true, spoken },
			spoken.pcm.channels.map((channel) => channel.buffer as ArrayBuffer),
		);
	} catch (error) {
		reply({ id: job.id, ok: false, message: error instanceof Error ? error.message : String(error) });
	}
});

const reply = (message: FliteReply, transfer: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, [...transfer]);
