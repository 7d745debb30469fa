import { isSegmentKey } from '../model/keys.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether what a file says is a plan, as far as a plan is read again: its outputs and segments, a message for each segment, and no output that plays what the
 * plan does not have. Whether messages are those of their keys is not asked.
 */
export const isExecutablePlan = (value: unknown): value is ExecutablePlan => {
	if (!isRecord(value)) return false;
	const { plan, toolchain, messages } = value;
	if (!isRecord(plan) || !isRecord(messages) || !isToolchain(toolchain)) return false;
	const { campaign, outputs, segments } = plan;
	if (typeof campaign !== 'string' || !Array.isArray(outputs) || !Array.isArray(segments) || !segments.every(isSegment)) return false;
	const keys = new Set<unknown>(segments.map(({ key }) => key));
	return (
		segments.every(({ key }) => Object.hasOwn(messages, key) && isRecord(messages[key])) &&
		outputs.every((output) => isOutput(output, keys))
	);
};

const isToolchain = (value: unknown): boolean =>
	isRecord(value) && Object.values(value).every((version) => version === null || typeof version === 'string');

const isSegment = (value: unknown): value is { readonly key: string } =>
	isRecord(value) &&
	typeof value['key'] === 'string' &&
	isSegmentKey(value['key']) &&
	typeof value['label'] === 'string' &&
	isNumber(value['frames']) &&
	(value['action'] === 'reuse' || value['action'] === 'render');

const isOutput = (value: unknown, keys: ReadonlySet<unknown>): boolean =>
	isRecord(value) &&
	typeof value['id'] === 'string' &&
	typeof value['path'] === 'string' &&
	isNumber(value['frames']) &&
	Array.isArray(value['segments']) &&
	value['segments'].every((key) => keys.has(key));

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
