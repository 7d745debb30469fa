import type { CSSProperties, ReactNode } from 'react';
import { guarded } from '../runtime/guarded.ts';
import { useCell } from './cell-context.ts';
import { type CtaIcon, iconPath } from './cta-icons.ts';
import { ctaName } from './matrix.ts';

export type CtaLook = {
	readonly text: string;
	/** Any CSS colour. */
	readonly color?: string;
	/** Colour of the text and of the icon. White when left out. */
	readonly textColor?: string;
	/** A name, or an element of your own. */
	readonly icon?: CtaIcon | Exclude<ReactNode, string>;
};

export type CTASlotProps = {
	/** By the name of the call to action; `Shop Now` in the matrix is `shop-now` here. */
	readonly variants: Readonly<Record<string, CtaLook>>;
	/** For cells whose call to action is not among the variants, and for a matrix without any. */
	readonly default?: string;
	/** Pixels of the text. A twentieth of the shorter side when left out. */
	readonly size?: number;
	/** Draws the call to action in your own way. */
	readonly children?: (look: CtaLook, name: string) => ReactNode;
};

/** The cell's call to action. @throws Error when neither it nor the default is among the variants */
export const CTASlot = guarded(({ variants, default: fallback, size, children }: CTASlotProps): ReactNode => {
	const { cta, platform } = useCell();
	const name = chooseCta(cta, variants, fallback);
	const look = variants[name]!;
	if (children !== undefined) return children(look, name);
	return <Button look={look} size={size ?? Math.min(platform.width, platform.height) / 20} />;
});

/** Name of the variant that stands for a call to action. @throws Error when there is none */
export const chooseCta = (cta: string | null, variants: Readonly<Record<string, CtaLook>>, fallback: string | undefined): string => {
	const names = Object.keys(variants);
	const wanted = [cta, fallback ?? null].filter((name) => name !== null);
	const found = wanted.flatMap((name) => names.find((known) => known === name || ctaName(known) === ctaName(name)) ?? [])[0];
	if (found === undefined)
		throw new Error(
			`the CTASlot has no variant for ${cta === null ? 'a matrix without calls to action' : `"${cta}"`}, and no default that it has: ${names.join(', ')}`,
		);
	return found;
};

const Button = ({ look, size }: { readonly look: CtaLook; readonly size: number }): ReactNode => (
	<div style={{ ...BUTTON, ...buttonStyle(look, size) }}>
		<span>{look.text}</span>
		{typeof look.icon === 'string' ? <Icon name={look.icon} size={size} /> : look.icon}
	</div>
);

const BUTTON: CSSProperties = { display: 'inline-flex', alignItems: 'center', whiteSpace: 'nowrap', lineHeight: 1, fontWeight: 600 };

const buttonStyle = ({ color = '#111827', textColor = '#ffffff' }: CtaLook, size: number): CSSProperties => ({
	fontSize: size,
	gap: size * 0.5,
	padding: `${size * 0.7}px ${size * 1.3}px`,
	borderRadius: size * 1.3,
	backgroundColor: color,
	color: textColor,
});

const Icon = ({ name, size }: { readonly name: string; readonly size: number }): ReactNode => (
	<svg width={size * 1.1} height={size * 1.1} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={2.4} aria-hidden="true">
		<path d={iconPath(name)} strokeLinecap="round" strokeLinejoin="round" />
	</svg>
);
