import type { ComponentProps } from 'reelform/runtime';

type Sunrise = { readonly minutes: number; readonly label: string };

/** Seconds that the bars take, one after the other. */
const SECONDS = 1.2;
const BARS = 15;

/** A row of bars that grow brighter and taller from left to right, and says how long it takes. */
export default function Sunrise({ props, box, theme, frame, canvas }: ComponentProps<Sunrise>) {
	const done = Math.min(1, frame / (SECONDS * canvas.fps));
	const height = Math.min(box.height, 52 * theme.u);
	return (
		<div style={{ width: box.width, height, display: 'flex', flexDirection: 'column', gap: 3 * theme.u }}>
			<div style={{ flex: 1, display: 'flex', alignItems: 'flex-end', gap: 1.2 * theme.u }}>
				{Array.from({ length: BARS }, (_, index) => {
					const share = (index + 1) / BARS;
					const grown = Math.min(1, Math.max(0, done * 2 - share));
					const bar = { height: `${100 * share * grown}%`, opacity: 0.25 + 0.75 * share };
					return (
						<div key={share} style={{ ...bar, flex: 1, background: theme.colors.accent, borderRadius: Math.min(theme.radius, theme.u) }} />
					);
				})}
			</div>
			<div style={{ ...theme.fonts.strong, fontSize: 4.6 * theme.u, lineHeight: 1.2, color: theme.colors.ink }}>
				{props.minutes} minutes <span style={{ ...theme.fonts.body, color: theme.colors.muted }}>{props.label}</span>
			</div>
		</div>
	);
}
