import type { SpecPath } from '../checked-spec.ts';
import { LARGE_CONTRAST, legible, mix } from '../design/color.ts';
import { resolveColor } from '../design/theme.ts';
import type { FigureSite } from './figure.ts';
import { type SceneContext, unknownColor } from './scene-context.ts';

/** The colours of charts and bars on their ground. */
export type FigureColors = {
	/** What stands out: 3:1 against the ground. */
	readonly lead: string;
	/** What it stands out from: seen well (1.6:1), and quieter than `lead`. */
	readonly quiet: string;
	/** The rail of a bar, a base line. */
	readonly faint: string;
	readonly ink: string;
	readonly muted: string;
};

const QUIET_CONTRAST = 1.6;

export type WrittenColor = { readonly written: string | undefined; readonly path: SpecPath };

export const figureColors = (
	context: SceneContext,
	{ written, path }: WrittenColor,
	{ roles, grounds }: Pick<FigureSite, 'roles' | 'grounds'>,
): FigureColors => {
	const resolved = written === undefined ? roles.accent : resolveColor(written, context.theme, roles);
	if (resolved === null) context.report(unknownColor(context.request, path, written!));
	const lead = legible(resolved ?? roles.accent, grounds, LARGE_CONTRAST);
	return {
		lead,
		quiet: legible(mix(mix(roles.background, roles.ink, 0.24), lead, 0.3), grounds, QUIET_CONTRAST),
		faint: mix(roles.background, roles.ink, 0.14),
		ink: roles.ink,
		muted: roles.muted,
	};
};

/** Steps from ink to ground for parts of a whole, `count` of them, the first the strongest. All of them are seen. */
export const quietSteps = (count: number, { roles, grounds }: Pick<FigureSite, 'roles' | 'grounds'>): readonly string[] =>
	Array.from({ length: count }, (_, index) =>
		legible(mix(roles.ink, roles.background, 0.2 + (0.5 * index) / Math.max(1, count - 1)), grounds, QUIET_CONTRAST),
	);
