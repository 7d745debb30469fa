import { BroadcastChannel, threadId, workerData } from 'node:worker_threads';
import { createWorker } from './create-worker.ts';
import type { PoolMessage, WorkerData } from './worker-messages.ts';

const { settings, channel: name }: WorkerData = workerData;
const channel = new BroadcastChannel(name);
const worker = createWorker(settings);

channel.onmessage = async (event) => {
	const message: PoolMessage = event.data;
	if (message.type !== 'close') return;
	await worker.close();
	channel.postMessage({ type: 'closed', thread: threadId } satisfies PoolMessage);
};

export default worker.run;
