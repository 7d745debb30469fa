import sharp from 'sharp';

/** `mean` of the differences of all channels, 0 to 255; `share` of the pixels with a channel that differs by more than `MARKED`, 0 to 1. */
export type PictureDifference = { readonly mean: number; readonly share: number };

/** More than antialiasing and JPEG noise make of a pixel, less than ink on its ground. */
const MARKED = 28;

/** How far apart two pictures of one size are. @throws Error when their sizes differ */
export const comparePictures = async (one: Uint8Array, other: Uint8Array): Promise<PictureDifference> => {
	const [a, b] = await Promise.all([one, other].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })));
	if (a === undefined || b === undefined || a.info.width !== b.info.width || a.info.height !== b.info.height)
		throw new Error('pictures of different sizes');
	let [sum, marked] = [0, 0];
	for (let pixel = 0; pixel < a.data.length; pixel += 3) {
		const differences = [0, 1, 2].map((channel) => Math.abs(a.data[pixel + channel]! - b.data[pixel + channel]!));
		sum += differences[0]! + differences[1]! + differences[2]!;
		if (Math.max(...differences) > MARKED) marked++;
	}
	return { mean: sum / a.data.length, share: marked / (a.data.length / 3) };
};
