import {
	ALL_FORMATS,
	EncodedAudioPacketSource,
	type EncodedPacket,
	EncodedPacketSink,
	FilePathSource,
	Input,
	type Output,
} from 'mediabunny';
import { RenderFailure } from '../model/failure.ts';

/** A mix's file, checked, and how long it is heard. */
export type AssemblySound = { readonly path: string; readonly seconds: number };

/** The sound of an output in the making. */
export type SoundTrack = {
	/** Adds the packets that begin at this time, in seconds, or before. */
	addUpTo(time: number): Promise<void>;
	/** Lets go of the file. */
	close(): void;
};

export const SILENT: SoundTrack = { addUpTo: async () => {}, close: () => {} };

/**
 * Adds a sound track to an output that has not started. Its packets are copied; what the encoder puts before the first sample has times below 0, which an
 * edit list hides. @throws RenderFailure `OUTPUT` when the file has no sound
 */
export const openSound = async ({ path, seconds }: AssemblySound, output: Output): Promise<SoundTrack> => {
	const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
	try {
		const track = await input.getPrimaryAudioTrack();
		const decoderConfig = await track?.getDecoderConfig();
		if (track === null || !decoderConfig) throw new RenderFailure('OUTPUT', `the mix ${path} has no sound that can be copied`);
		const source = new EncodedAudioPacketSource('aac');
		const packets: EncodedPacket[] = [];
		for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
		output.addAudioTrack(source, { maximumPacketCount: packets.length });
		let next = 0;
		return {
			async addUpTo(time) {
				for (let packet = packets[next]; packet !== undefined && packet.timestamp <= time; packet = packets[next]) {
					next++;
					const duration = next === packets.length ? Math.min(packet.duration, seconds - packet.timestamp) : packet.duration;
					await source.add(packet.clone({ duration }), { decoderConfig });
				}
			},
			close: () => input.dispose(),
		};
	} catch (error) {
		input.dispose();
		throw error;
	}
};
