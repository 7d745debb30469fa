import { isSegmentKey } from '../model/keys.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether what a file says is a plan, as far as a plan is read again: its outputs and segments, messages that are some, and no output that plays what the plan
 * does not have. Whether every segment has its message is not asked: of a large run only some are remembered.
 */
export const isExecutablePlan = (value: unknown): value is ExecutablePlan => {
	if (!isRecord(value)) return false;
	const { plan, toolchain, messages } = value;
	if (!isRecord(plan) || !isRecord(messages) || !isToolchain(toolchain) || !isSounds(value['sounds'])) return false;
	const { campaign, outputs, segments } = plan;
	if (typeof campaign !== 'string' || !Array.isArray(outputs) || !Array.isArray(segments) || !segments.every(isSegment)) return false;
	const keys = new Set<unknown>(segments.map(({ key }) => key));
	return Object.values(messages).every(isRecord) && outputs.every((output) => isOutput(output, keys));
};

const isToolchain = (value: unknown): boolean =>
	isRecord(value) && Object.values(value).every((version) => version === null || typeof version === 'string');

/** What the sounds of two plans are compared by. */
const isSounds = (value: unknown): boolean =>
	value === undefined || (isRecord(value) && Object.values(value).every((sound) => isRecord(sound) && isCues(sound['cues'])));

const isCues = (value: unknown): boolean => Array.isArray(value) && value.every((cue) => isRecord(cue) && isRecord(cue['source']));

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
	value['path'] !== '' &&
	isNumber(value['frames']) &&
	Array.isArray(value['segments']) &&
	value['segments'].every((key) => keys.has(key));

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
