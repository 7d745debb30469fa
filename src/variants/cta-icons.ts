/** Outlines in a 24 x 24 view box, from Lucide (ISC licence). */
const ICONS = {
	arrow: 'M5 12h14m-7-7l7 7l-7 7',
	calendar: 'M8 2v3m8-3v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM3 9h18',
	cart: 'm2.05 2.05l1.099-.028a1 1 0 0 1 1.008.815l2.69 14.347A1 1 0 0 0 7.83 18H18M4.563 5h16.435a1 1 0 0 1 .981 1.204l-1.026 6.226A2 2 0 0 1 18.962 14H6.25M20 20a2 2 0 1 1-4 0a2 2 0 0 1 4 0zM10 20a2 2 0 1 1-4 0a2 2 0 0 1 4 0z',
	check: 'M20 6L9 17l-5-5',
	download: 'M12 15V3m9 12v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5l5-5',
	mail: 'm22 7l-8.991 5.727a2 2 0 0 1-2.009 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
	play: 'M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z',
	user: 'M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M16 7a4 4 0 1 1-8 0a4 4 0 0 1 8 0z',
} as const;

export type CtaIcon = keyof typeof ICONS;

/** SVG path data of an icon. @throws RangeError for a name that there is not */
export const iconPath = (name: string): string => {
	if (!Object.hasOwn(ICONS, name))
		throw new RangeError(`there is no icon "${name}": ${Object.keys(ICONS).join(', ')}, or an element of your own`);
	return ICONS[name as CtaIcon];
};
