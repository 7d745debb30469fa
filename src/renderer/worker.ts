import { constants, setPriority } from 'node:os';
import { BroadcastChannel, threadId, workerData } from 'node:worker_threads';
import { createWorker } from './create-worker.ts';
import type { PoolMessage, WorkerData } from './worker-messages.ts';

const { settings, channel: name }: WorkerData = workerData;
const channel = new BroadcastChannel(name);
// Of this thread alone on Linux, and of every process that it starts.
if (settings.nice) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const worker = createWorker(settings);

channel.onmessage = async (event) => {
	const message: PoolMessage = event.data;
	if (message.type === 'rest') await worker.rest();
	if (message.type !== 'close') return;
	await worker.close();
	channel.postMessage({ type: 'closed', thread: threadId } satisfies PoolMessage);
};

export default worker.run;
