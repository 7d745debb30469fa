/** A command line that cannot be obeyed. Ends the program with exit code 64 and its message, without a stack. */
export class UsageError extends Error {
	readonly hint: string | null;
	constructor(message: string, hint: string | null = null) {
		super(message);
		this.name = 'UsageError';
		this.hint = hint;
	}
}
