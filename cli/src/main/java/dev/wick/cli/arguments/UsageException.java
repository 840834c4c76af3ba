package dev.wick.cli.arguments;

/** A command was written wrongly; the message is for whoever wrote it. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
