import type { CSSProperties, ReactNode } from 'react';
import type { Drawing } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import { familyOf } from './font-family.ts';

type TextDrawing = Extract<Drawing, { type: 'text' }>;

const JUSTIFY = { left: 'flex-start', center: 'center', right: 'flex-end' } as const;

/**
 * One line. A strut beside it has its baseline at a known height, and the text is aligned to the strut's: so the line stands
 * on `baseline` whatever ascent its font declares, and without the rounding that line boxes do.
 */
export const DrawText = ({ drawing, fonts }: { readonly drawing: TextDrawing; readonly fonts: readonly FontFile[] }): ReactNode => {
	const strut = Math.ceil(drawing.style.size * 2);
	return (
		<div style={{ ...ROW, ...rowPlace(drawing, strut) }}>
			<div style={{ width: 0, height: strut, flex: 'none' }} />
			<div style={{ ...LINE, ...lineStyle(drawing, fonts) }}>
				{drawing.runs.map((run, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the runs of a drawing never change
					<span key={index} style={{ color: run.color }}>
						{run.text}
					</span>
				))}
			</div>
		</div>
	);
};

const ROW: CSSProperties = { position: 'absolute', display: 'flex', alignItems: 'baseline' };

const LINE: CSSProperties = {
	flex: 'none',
	whiteSpace: 'pre',
	lineHeight: 1,
	fontKerning: 'normal',
	// Measured without ligatures too: tracked text has none in any browser, and one rule for all keeps widths exact.
	fontVariantLigatures: 'none',
	fontSynthesis: 'none',
	fontOpticalSizing: 'none',
	textRendering: 'geometricPrecision',
};

const rowPlace = ({ box, baseline, align }: TextDrawing, strut: number): CSSProperties => ({
	left: box.x,
	width: box.width,
	top: baseline - strut,
	justifyContent: JUSTIFY[align],
});

const lineStyle = ({ style }: TextDrawing, fonts: readonly FontFile[]): CSSProperties => ({
	fontFamily: familyOf(style, fonts),
	fontWeight: style.weight,
	fontStyle: style.italic ? 'italic' : 'normal',
	fontSize: style.size,
	...(style.tabular ? { fontVariantNumeric: 'tabular-nums' } : {}),
	// Browsers track after the last glyph as well: taken back, so that the ink is centred and not the gap.
	...(style.tracking === 0 ? {} : { letterSpacing: style.tracking, marginRight: -style.tracking }),
});
