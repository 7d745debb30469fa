import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { refuseFolder } from './output-folder.ts';

type Written = { /** What the user asked for, absolute. */ readonly file: string; readonly json: boolean };

/** Does what writes a file that the user named; tells when the system does not let it. Null when it was written. */
export const writeOrRefuse = async (context: CliContext, { file, json }: Written, write: () => Promise<void>): Promise<ExitCode | null> => {
	try {
		await write();
		return null;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
		return refuseFolder(context, { folder: file, error, json, hint: 'choose another place with --out, or mend its permissions' });
	}
};
