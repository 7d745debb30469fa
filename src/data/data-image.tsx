import { type CSSProperties, type ReactNode, useState } from 'react';
import { Img, useRemotionEnvironment } from 'remotion';
import { useFailure } from '../runtime/use-failure.ts';
import { isEmpty, readField } from './read-field.ts';
import { unusableField, useRow } from './row-context.tsx';

export type DataImageProps = {
	/** Dots lead into objects: `user.avatarUrl`. */
	readonly field: string;
	/** Address of the picture for a row without one, and for one that cannot be loaded. */
	readonly fallback?: string;
	/** What stands there while a preview loads the picture, and for good when nothing can be loaded: soft grey, nothing, or a colour. `none` when left out. */
	readonly placeholder?: 'blur' | 'none' | (string & {});
	readonly alt?: string;
	readonly width?: number | string;
	readonly height?: number | string;
	readonly style?: CSSProperties;
	readonly className?: string;
};

/**
 * The picture of a field. A frame waits until it is there. One that is broken shows the fallback, or the placeholder when that is broken too, and fails no render.
 * @throws Error that names the field when the row has none and there is no fallback
 */
export const DataImage = ({
	field,
	fallback,
	placeholder = 'none',
	alt = '',
	width,
	height,
	style,
	className,
}: DataImageProps): ReactNode => {
	const row = useRow();
	const fail = useFailure();
	const { isRendering } = useRemotionEnvironment();
	const [broken, setBroken] = useState<readonly string[]>([]);
	const [loaded, setLoaded] = useState<string | null>(null);
	const value = readField(row, field);
	if (isEmpty(value) && fallback === undefined) return fail(unusableField('DataImage', field, row));
	const source = [pictureAddress(value), fallback].find((address) => address !== undefined && !broken.includes(address));
	const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
	if (source === undefined)
		return <div role="img" aria-label={alt} className={className} style={{ ...size, ...ground(placeholder), ...style }} />;
	// A render captures nothing that is on its way, so that there is nothing to bridge.
	const bridged = isRendering || loaded === source ? {} : { ...ground(placeholder), ...(placeholder === 'blur' ? BLURRED : {}) };
	return (
		<Img
			key={source}
			src={source}
			alt={alt}
			{...size}
			style={{ ...style, ...bridged }}
			{...(className === undefined ? {} : { className })}
			maxRetries={1}
			onLoad={() => setLoaded(source)}
			onError={() => setBroken([...broken, source])}
		/>
	);
};

const BLURRED: CSSProperties = { filter: 'blur(12px)' };

const ground = (placeholder: string): CSSProperties => {
	if (placeholder === 'none') return {};
	return { background: placeholder === 'blur' ? 'linear-gradient(135deg, #d1d5db, #9ca3af)' : placeholder };
};

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const PICTURE = /^(https?:|blob:|data:image\/)/i;

/** What a row may name as a picture: an address of the web, one below the project's own, or the picture itself. Undefined for anything else. */
export const pictureAddress = (value: unknown): string | undefined => {
	if (typeof value !== 'string' || isEmpty(value)) return undefined;
	const address = value.trim();
	return !SCHEME.test(address) || PICTURE.test(address) ? address : undefined;
};
