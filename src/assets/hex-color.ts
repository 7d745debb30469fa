export type HexColor = { readonly rgb: string /** 0 to 1. */; readonly alpha: number };

/** `#fff`, `#ffff`, `#ffffff` or `#ffffffff`. @throws RangeError for anything else */
export const parseHexColor = (written: string): HexColor => {
	const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(written)?.[1];
	if (digits === undefined) throw new RangeError(`a colour is written #rrggbb or #rrggbbaa, got "${written}"`);
	const full = (digits.length <= 4 ? [...digits].map((digit) => digit + digit).join('') : digits).toLowerCase();
	return { rgb: `#${full.slice(0, 6)}`, alpha: full.length === 8 ? Number.parseInt(full.slice(6), 16) / 255 : 1 };
};
