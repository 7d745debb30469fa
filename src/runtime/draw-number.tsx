import type { ReactNode } from 'react';
import type { Drawing, NumberStep } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import { DrawText } from './draw-text.tsx';

type NumberDrawing = Extract<Drawing, { type: 'number' }>;

export type NumberScope = { readonly frame: number; readonly fonts: readonly FontFile[] };

/** What a count reads at a frame: the last step that has started, before all of them the first. */
export const textAt = (steps: readonly NumberStep[], frame: number): string => stepAt(steps, frame)?.text ?? '';

const stepAt = (steps: readonly NumberStep[], frame: number): NumberStep | undefined =>
	steps.findLast(({ start }) => start <= frame) ?? steps[0];

export const DrawNumber = ({ drawing, scope }: { readonly drawing: NumberDrawing; readonly scope: NumberScope }): ReactNode => {
	const { steps, color, ...rest } = drawing;
	const runs = stepAt(steps, scope.frame)?.runs ?? [{ text: textAt(steps, scope.frame), color }];
	return <DrawText drawing={{ ...rest, type: 'text', runs }} fonts={scope.fonts} />;
};
