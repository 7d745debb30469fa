/** Milliseconds of the processor that this process spends on something: others on the machine do not count, as they do by the clock. */
export const processorTime = async (work: () => unknown): Promise<number> => {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
};
